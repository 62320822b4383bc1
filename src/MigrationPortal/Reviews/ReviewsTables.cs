using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MigrationPortal.Data;

namespace MigrationPortal.Reviews;

internal sealed class ReviewTable : IEntityTypeConfiguration<Review>
{
    public void Configure(EntityTypeBuilder<Review> builder)
    {
        builder.ToTable("reviews").HasKey(x => x.Id);
        builder.HasIndex(x => x.BatchId, "ux_reviews_open").IsUnique().HasFilter("state = 'Open'");
        builder.HasIndex(x => x.BatchId, "ix_reviews_live").HasFilter("state IN ('Open', 'Approved')");
        builder.Property(x => x.Facts).HasColumnType("jsonb").HasConversion(
            new JsonValue<Dictionary<string, long>>(),
            new ValueComparer<Dictionary<string, long>>((a, b) => ReferenceEquals(a, b), facts => facts.Count, facts => facts));
    }
}

internal sealed class DecisionTable : IEntityTypeConfiguration<Decision>
{
    public void Configure(EntityTypeBuilder<Decision> builder)
    {
        builder.ToTable("decisions").HasKey(x => x.Id);
        builder.HasIndex(x => new { x.ReviewId, x.By }, "ux_decisions_person").IsUnique().HasFilter("lost_at IS NULL");
        builder.HasIndex(x => x.BatchId, "ix_decisions_batch");
    }
}
