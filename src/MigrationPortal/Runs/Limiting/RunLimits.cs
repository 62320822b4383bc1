using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MigrationPortal.Runs.Limiting;

/// <summary>How much runs of a pool pair may ask of its servers, as an administrator set it in place of the configuration.</summary>
internal sealed class RunLimits
{
    public const int MostRooms = 32;
    public const int FastestRate = 1_000_000;

    public required string PoolPairId { get; init; }
    /// <summary>Counts every change.</summary>
    public required int Version { get; init; }
    /// <summary>Over all rooms of a run; null is as fast as it goes.</summary>
    public int? MessagesPerSecond { get; init; }
    public required int RoomsAtATime { get; init; }
    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Reason { get; init; }
}

internal sealed class RunLimitsTable : IEntityTypeConfiguration<RunLimits>
{
    public void Configure(EntityTypeBuilder<RunLimits> builder) => builder.ToTable("run_limits").HasKey(x => x.PoolPairId);
}
