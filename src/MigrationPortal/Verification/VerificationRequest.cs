using MigrationPortal.Engine;

namespace MigrationPortal.Verification;

public enum VerificationState
{
    Running,
    Completed,
    Failed,
}

/// <summary>One verification of all rooms of a batch that somebody asked for, after those that its runs do by themselves.</summary>
internal sealed class VerificationRequest
{
    public long Id { get; init; }
    public required long BatchId { get; init; }
    /// <summary>The latest run when it was asked for; its plan is what the rooms are compared with.</summary>
    public required long RunId { get; init; }
    public VerificationState State { get; set; }
    public required string RequestedBy { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }
    public int RoomCount { get; set; }
    public int VerifiedRoomCount { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }
    /// <summary>Why it does not move right now; null while it does.</summary>
    public Wording? Note { get; set; }
    public Wording? Error { get; set; }
}
