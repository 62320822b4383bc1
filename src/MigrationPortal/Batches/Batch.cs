using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;

namespace MigrationPortal.Batches;

public enum BatchState
{
    Draft,
    InReview,
    Approved,
    Scheduled,
    Running,
    Paused,
    Stopping,
    Cancelled,
    Completed,
    CompletedWithFindings,
    Failed,
    Undoing,
    Undone,
    CutOver,
}

/// <summary>Rooms that move together.</summary>
internal sealed class Batch
{
    public long Id { get; init; }
    public required string PoolPairId { get; init; }
    public required string Name { get; set; }
    public BatchState State { get; set; }
    public required string Author { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>Overrides of the pool pair's options; null takes them as they are.</summary>
    public PlanOptions? Options { get; set; }
    /// <summary>Counts every edit of name, rooms or options: the ETag.</summary>
    public int Version { get; set; }
    /// <summary>Of the plan shown now; null until it was computed.</summary>
    public string? Fingerprint { get; set; }
    /// <summary>Of the plan that was last approved, to show what changed since.</summary>
    public string? ApprovedFingerprint { get; set; }
    /// <summary>What the caller of the API sent along, so that a request sent twice makes one batch.</summary>
    public string? IdempotencyKey { get; init; }
}

internal sealed class BatchRoom
{
    public required long BatchId { get; init; }
    public required long RoomId { get; init; }
    public string? NewName { get; set; }
    /// <summary>True while the batch is open: a unique index keeps a room in at most one open batch.</summary>
    public bool IsOpen { get; set; } = true;
}

/// <summary>A transition or an edit of a batch: the timeline, and the source of its audit.</summary>
internal sealed class BatchEvent
{
    public long Id { get; init; }
    public required long BatchId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string By { get; init; }
    /// <summary>Past tense, e.g. <c>Submitted</c>, <c>ApprovalsVoided</c>.</summary>
    public required string Kind { get; init; }
    public BatchState? From { get; init; }
    public BatchState? To { get; init; }
    /// <summary>What somebody typed, or what is filled into the sentence of the event.</summary>
    public Wording? Detail { get; init; }
}
