using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MigrationPortal.Delta;

internal sealed class DeltaRequestTable : IEntityTypeConfiguration<DeltaRequest>
{
    public void Configure(EntityTypeBuilder<DeltaRequest> builder)
    {
        builder.ToTable("deltas").HasKey(x => x.Id);
        builder.HasIndex(x => new { x.BatchId, x.Id }, "ix_deltas_batch");
        builder.HasIndex(x => x.BatchId, "ux_deltas_open").IsUnique().HasFilter("state IN ('InReview', 'Approved')");
    }
}
