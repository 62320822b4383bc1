using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Runs;

namespace MigrationPortal.Verification;

public enum VerificationState
{
    Running,
    Completed,
    Failed,
}

/// <summary>One verification of the rooms of a batch that somebody asked for, after those that its runs do by themselves.</summary>
internal sealed class VerificationRequest
{
    public long Id { get; init; }
    public required long BatchId { get; init; }
    /// <summary>The latest run when it was asked for; its plan is what the rooms are compared with.</summary>
    public required long RunId { get; init; }
    /// <summary>Null: every room of the batch.</summary>
    public long[]? RoomIds { get; init; }
    public VerificationState State { get; set; }
    public required string RequestedBy { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }
    public int RoomCount { get; set; }
    public int VerifiedRoomCount { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }
    /// <summary>Why it does not move right now; null while it does.</summary>
    public Wording? Note { get; set; }
    public Wording? Error { get; set; }

    /// <summary>What a run migrated, whatever its verification gave.</summary>
    public static IQueryable<RoomTransfer> Verifiable(PortalDbContext db, long runId) =>
        RunQueries.Transfers(db).Where(x => x.RunId == runId && (x.State == TransferState.Done || x.State == TransferState.DoneWithFindings));

    /// <summary>Of these those that it is about.</summary>
    public IQueryable<RoomTransfer> Rooms(PortalDbContext db)
    {
        var rooms = Verifiable(db, RunId);
        return RoomIds is { } ids ? rooms.Where(x => ids.Contains(x.RoomId)) : rooms;
    }
}
