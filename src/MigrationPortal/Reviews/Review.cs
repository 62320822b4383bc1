using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Reviews.Policy;

namespace MigrationPortal.Reviews;

internal enum ReviewState
{
    Open,
    Approved,
    SentBack,
    Voided,
    /// <summary>What was approved has begun; nothing is decided about it any more.</summary>
    Started,
}

/// <summary>What is asked for: that a plan is carried out, that a batch is taken back, or that changes since its run are moved too.</summary>
public enum ReviewKind
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

/// <summary>A submitted plan, delta or undo that other people decide about; bound to one fingerprint. One review is one round.</summary>
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
    /// <summary>Which time the batch is decided about, from 1; an edit names the round it was made in.</summary>
    public required long Round { get; init; }
    /// <summary>Of the pool pair's policy; 0 is the default.</summary>
    public required int PolicyVersion { get; set; }
    /// <summary>Counted when it was submitted: growth after that asks for nothing more.</summary>
    public required Dictionary<string, long> Facts { get; init; }
    /// <summary>Categories of the batch that an approver's grant names.</summary>
    public required List<string> OwnedCategories { get; init; }
    /// <summary>Approvals; changes within the round only where a new policy was applied to what is open.</summary>
    public required int Needed { get; set; }
    public required List<string> Needs { get; set; }
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
    /// <summary>The categories that somebody approved whose role does not reach every room; null for the whole.</summary>
    public List<string>? Part { get; init; }
    /// <summary>Null for the fixed token of a persona.</summary>
    public long? PersonId { get; init; }
    /// <summary>Under the policy of its review; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }
    public DateTimeOffset? LostAt { get; set; }
    public string? LostBy { get; set; }
    public LossKind? LostHow { get; set; }
    public Wording? LostReason { get; set; }
}
