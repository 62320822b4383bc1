using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MigrationPortal.CutOver.Timing;

/// <summary>When a pool pair is planned to be cut over. The row stays when the time is removed, so that its version goes on counting.</summary>
public sealed class CutOverTime
{
    public required string PoolPairId { get; init; }
    /// <summary>Null: no longer planned.</summary>
    public DateTimeOffset? StartsAt { get; init; }
    /// <summary>When everything must be done; null where nobody said.</summary>
    public DateTimeOffset? EndsAt { get; init; }
    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }
    /// <summary>From 1, counts every change; 0 where nothing was ever planned, which has no row.</summary>
    public required int Version { get; init; }
}

internal sealed class CutOverTimeTable : IEntityTypeConfiguration<CutOverTime>
{
    public void Configure(EntityTypeBuilder<CutOverTime> builder) =>
        builder.ToTable("cut_over_times").HasKey(x => x.PoolPairId);
}
