using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MigrationPortal.Batches.Editing.Merging;

/// <summary>One value of a batch that an edit changed: what an edit of an older version is compared with. Goes with its batch.</summary>
internal sealed class BatchChange
{
    public required long BatchId { get; init; }

    /// <summary>Of the batch after the edit.</summary>
    public required int Version { get; init; }

    /// <summary>One of <see cref="BatchFields"/>.</summary>
    public required string Field { get; init; }

    public string? Old { get; init; }

    public string? New { get; init; }

    public required string By { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <param name="New">Null where there is none, such as a name that the planner chooses.</param>
internal sealed record FieldChange(string Field, string? Old, string? New);

internal sealed class BatchChangeTable : IEntityTypeConfiguration<BatchChange>
{
    public void Configure(EntityTypeBuilder<BatchChange> builder)
    {
        builder.ToTable("batch_changes").HasKey(x => new { x.BatchId, x.Version, x.Field });
        builder.HasOne<Batch>().WithMany().HasForeignKey(x => x.BatchId).HasConstraintName("fk_batch_changes_batches").OnDelete(DeleteBehavior.Cascade);
    }
}
