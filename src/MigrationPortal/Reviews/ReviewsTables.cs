using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MigrationPortal.Reviews;

internal sealed class ReviewTable : IEntityTypeConfiguration<Review>
{
    public void Configure(EntityTypeBuilder<Review> builder)
    {
        builder.ToTable("reviews").HasKey(x => x.Id);
        builder.HasIndex(x => x.BatchId, "ux_reviews_open").IsUnique().HasFilter("state = 'Open'");
    }
}

internal sealed class DecisionTable : IEntityTypeConfiguration<Decision>
{
    public void Configure(EntityTypeBuilder<Decision> builder)
    {
        builder.ToTable("decisions").HasKey(x => x.Id);
        builder.HasIndex(x => new { x.ReviewId, x.By }, "ux_decisions_person").IsUnique();
        builder.HasIndex(x => x.BatchId, "ix_decisions_batch");
    }
}
