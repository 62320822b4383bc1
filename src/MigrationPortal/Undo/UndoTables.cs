using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MigrationPortal.Undo;

internal sealed class UndoRequestTable : IEntityTypeConfiguration<UndoRequest>
{
    public void Configure(EntityTypeBuilder<UndoRequest> builder)
    {
        builder.ToTable("undos").HasKey(x => x.Id);
        builder.HasIndex(x => new { x.BatchId, x.Id }, "ix_undos_batch");
        builder.HasIndex(x => x.BatchId, "ux_undos_open").IsUnique().HasFilter("state IN ('InReview', 'Approved', 'Running')");
    }
}
