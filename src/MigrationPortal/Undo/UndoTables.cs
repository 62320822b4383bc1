using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MigrationPortal.Data;

namespace MigrationPortal.Undo;

internal sealed class UndoRequestTable : IEntityTypeConfiguration<UndoRequest>
{
    public void Configure(EntityTypeBuilder<UndoRequest> builder)
    {
        builder.ToTable("undos").HasKey(x => x.Id);
        builder.HasIndex(x => new { x.BatchId, x.Id }, "ix_undos_batch");
        builder.Property(x => x.Sums).HasColumnType("jsonb").HasConversion(
            new JsonValue<List<UndoSum>>(),
            new ValueComparer<List<UndoSum>>((a, b) => ReferenceEquals(a, b), list => list.Count, list => list));
        builder.HasIndex(x => x.BatchId, "ux_undos_open").IsUnique().HasFilter("state IN ('InReview', 'Approved', 'Running')");
    }
}
