using MigrationPortal.Engine;

namespace MigrationPortal.Rooms;

public enum ScanState
{
    Queued,
    Running,
    Completed,
    Failed,
}

/// <summary>One reading of both sides into the inventory. A failed scan leaves the last good inventory in place.</summary>
public sealed class Scan
{
    public long Id { get; init; }
    public required string PoolPairId { get; init; }
    public ScanState State { get; set; }
    public required string RequestedBy { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }
    /// <summary>Resource key of what is being read now, e.g. <c>LegacyMessages</c>.</summary>
    public string? Phase { get; set; }
    public long PhaseDone { get; set; }
    public long? PhaseTotal { get; set; }
    /// <summary>Legacy chat rows that belong to no room.</summary>
    public long? StrayMessageCount { get; set; }
    /// <summary>Compliance records of the legacy pool that nobody has processed; null where that could not be seen.</summary>
    public long? ComplianceBacklog { get; set; }
    /// <summary>Null unless it failed.</summary>
    public Wording? Error { get; set; }
}
