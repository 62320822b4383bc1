using MigrationPortal.Engine.Preflight;

namespace MigrationPortal.Reviews;

internal enum ReviewState
{
    Open,
    Approved,
    SentBack,
    Voided,
}

/// <summary>What is asked for: that a plan is carried out, that a batch is taken back, or that changes since its run are moved too.</summary>
internal enum ReviewKind
{
    Plan,
    Undo,
    Delta,
}

internal enum Verdict
{
    Approve,
    SendBack,
}

/// <summary>A submitted plan waiting for other people's word; bound to one fingerprint.</summary>
internal sealed class Review
{
    public long Id { get; init; }
    public required long BatchId { get; init; }
    public ReviewKind Kind { get; init; }
    public required string Fingerprint { get; init; }
    public required string SubmittedBy { get; init; }
    public required DateTimeOffset SubmittedAt { get; init; }
    public ReviewState State { get; set; }
    public DateTimeOffset? ClosedAt { get; set; }
}

internal sealed class Decision
{
    public long Id { get; init; }
    public required long ReviewId { get; init; }
    public required long BatchId { get; init; }
    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }
    public required Verdict Verdict { get; init; }
    /// <summary>What the decider saw; compared at decision time and again at start.</summary>
    public required string Fingerprint { get; init; }
    public string? Comment { get; init; }
}
