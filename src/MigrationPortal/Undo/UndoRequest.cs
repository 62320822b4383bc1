using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;

namespace MigrationPortal.Undo;

public enum UndoState
{
    InReview,
    Approved,
    Running,
    Completed,
    SentBack,
    Failed,
    /// <summary>Read again before the decision, the new pool was no longer as the list says: it has to be requested again.</summary>
    Changed,
}

/// <summary>A request to undo a batch: asked for by one person, approved by another, then carried out.</summary>
public sealed class UndoRequest
{
    public long Id { get; init; }
    public required long BatchId { get; init; }
    public required long ReviewId { get; init; }
    /// <summary>An older list has to be read again before anybody approves it.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromHours(24);

    public bool IsOld(DateTimeOffset now) => Sums.Count == 0 || now - ReadAt > MaxAge;

    /// <summary>Of the preview that was asked and approved; nothing else is removed.</summary>
    public required string Fingerprint { get; init; }
    public UndoState State { get; set; }
    public required string Reason { get; init; }
    public required string RequestedBy { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }
    /// <summary>What the operator who started it confirmed.</summary>
    public List<string> Confirmations { get; init; } = [];
    /// <summary>When the new pool was last found to be as the list says.</summary>
    public required DateTimeOffset ReadAt { get; set; }
    /// <summary>What is deleted and kept; its lines are <see cref="UndoLine"/>. Empty for what was requested before lists were kept.</summary>
    public List<UndoSum> Sums { get; init; } = [];
    public required int RoomCount { get; init; }
    public required long MessageCount { get; init; }
    public long RemovedMessageCount { get; set; }
    public long FileCount { get; init; }
    public long RemovedFileCount { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }
    /// <summary>Why it does not move right now; null while it does.</summary>
    public Wording? Note { get; set; }
    public Wording? Error { get; set; }
}
