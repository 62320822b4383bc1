using MigrationPortal.Rooms;
using MigrationPortal.Rooms.Deciding;

namespace MigrationPortal.Verification;

/// <summary>A proof with what is known of its room, as it is read.</summary>
internal sealed class VerifiedRow
{
    public required RoomVerification Proof { get; init; }
    public string? Name { get; init; }
    public bool IsAccepted { get; init; }
    public string? AcceptedBy { get; init; }
    public DateTimeOffset? AcceptedAt { get; init; }
    public string? AcceptedReason { get; init; }
    public string? ConfirmedBy { get; init; }
    public AcceptanceProposal? Proposal { get; init; }

    public VerifiedRoom Read() => new(
        Proof.Id, Proof.RoomId, Name ?? "", Proof.Grade, Proof.VerifiedAt, Proof.Proof, IsAccepted ? RoomRows.Decision(AcceptedBy, AcceptedAt, AcceptedReason, ConfirmedBy) : null)
    {
        Proposed = RoomRows.Proposal(Proposal),
    };
}
