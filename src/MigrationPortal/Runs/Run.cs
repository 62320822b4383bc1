namespace MigrationPortal.Runs;

internal enum RunState
{
    Running,
    Paused,
    Stopping,
    Cancelled,
    Completed,
    CompletedWithFindings,
    Failed,
}

internal enum TransferState
{
    Pending,
    Preparing,
    Copying,
    Verifying,
    Done,
    DoneWithFindings,
    Failed,
    Skipped,
    OutcomeUnknown,
}

/// <summary>One execution of an approved plan.</summary>
internal sealed class Run
{
    public long Id { get; init; }
    public required long BatchId { get; init; }
    public required long PlanId { get; init; }
    public RunState State { get; set; }
    public required string StartedBy { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; set; }
    public string? Error { get; set; }
    /// <summary>What the operator confirmed, e.g. <c>ServicesStopped</c>.</summary>
    public List<string> Confirmations { get; set; } = [];
}

/// <summary>One room within a run. Progress counts are written a few times a second; they have no other writer.</summary>
internal sealed class RoomTransfer
{
    public long Id { get; init; }
    public required long RunId { get; init; }
    public required long RoomId { get; init; }
    public required Guid Guid { get; init; }
    /// <summary>Order within the plan.</summary>
    public required int Ordinal { get; init; }
    public required string RoomName { get; init; }
    public TransferState State { get; set; }
    public long CopiedMessageCount { get; set; }
    public required long TotalMessageCount { get; set; }
    public long CopiedByteCount { get; set; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }
    public string? Error { get; set; }
}
