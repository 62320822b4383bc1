using MigrationPortal.Api;
using MigrationPortal.Batches;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Rooms;
// Not the one that takes a decision.
using RoomDecision = MigrationPortal.Rooms.RoomDecision;

namespace MigrationPortal.Verification;

/// <summary>The latest proof of one room of a batch.</summary>
/// <param name="Id">Of the proof: what is accepted is what it found.</param>
/// <param name="Accepted">Who accepted what it found, and why; null where nobody did or nothing was found.</param>
public sealed record VerifiedRoom(long Id, long RoomId, string RoomName, Grade Grade, DateTimeOffset VerifiedAt, RoomResult Proof, RoomDecision? Accepted)
{
    /// <summary>What a second person can confirm or reject.</summary>
    public RoomProposal? Proposed { get; init; }
}

/// <param name="Grade">Its worst room's, an accepted one counting as good; null before any room was proven.</param>
/// <param name="Open">Rooms with differences that nobody accepted.</param>
/// <param name="EqualMessages">The same on both sides.</param>
/// <param name="Rooms">Worst first, but what was accepted after all that is open.</param>
/// <param name="ByGrade">Rooms by what they count as: an accepted one is good.</param>
internal sealed record BatchVerification(
    Grade? Grade, int Unproven, int Open, IReadOnlyDictionary<Grade, int> ByGrade, long EqualMessages, Page<VerifiedRoom> Rooms)
{
    /// <summary>Of the room that was verified last.</summary>
    public DateTimeOffset? VerifiedAt { get; init; }

    public int Accepted { get; init; }

    /// <summary>Of the batch; null where there is none.</summary>
    public BatchState? State { get; init; }

    /// <summary>The rooms were as they were found here, and are deleted since.</summary>
    public bool IsBeforeUndo => State is { } state && state.IsUndone();
}

/// <summary>Which verified rooms are asked for.</summary>
internal enum VerifiedKind
{
    All,
    /// <summary>Differences that nobody accepted.</summary>
    Open,
    Accepted,
    /// <summary>As the approved plan says.</summary>
    Clean,
}
