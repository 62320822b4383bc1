using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MigrationPortal.Batches.Viewing.Since;

/// <summary>What of a batch a person had on the screen last: one row for each of them, which goes with the batch.</summary>
internal sealed class BatchSeen
{
    public required long BatchId { get; init; }

    /// <summary>Account of the person.</summary>
    public required string Person { get; init; }

    /// <summary>Of the plan that was shown.</summary>
    public required string Fingerprint { get; init; }

    public required int Version { get; init; }

    /// <summary>The last one of the timeline then; 0 before any.</summary>
    public required long EventId { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class BatchSeenTable : IEntityTypeConfiguration<BatchSeen>
{
    public void Configure(EntityTypeBuilder<BatchSeen> builder)
    {
        builder.ToTable("batch_seen").HasKey(x => new { x.BatchId, x.Person });
        builder.HasOne<Batch>().WithMany().HasForeignKey(x => x.BatchId).HasConstraintName("fk_batch_seen_batches").OnDelete(DeleteBehavior.Cascade);
    }
}
