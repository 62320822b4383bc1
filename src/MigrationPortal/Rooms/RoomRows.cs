using System.Globalization;
using MigrationPortal.Rooms.Deciding;

namespace MigrationPortal.Rooms;

internal static class RoomRows
{
    public static RoomRow Of(RoomPair pair, Room room, long? batchId, string? batchName, AcceptanceProposal? proposal) => new()
    {
        Id = room.Id.ToString(CultureInfo.InvariantCulture),
        Guid = room.Guid,
        Comparison = pair.Comparison,
        Category = pair.Category,
        IsVanished = pair.IsVanished,
        BatchId = batchId?.ToString(CultureInfo.InvariantCulture),
        BatchName = batchName,
        Legacy = Legacy(pair),
        New = New(pair),
        NewSinceCount = pair.NewSinceCount,
        DifferenceCount = pair.DifferenceCount,
        Differences = pair.Differences,
        DifferenceKey = DifferenceKey.Of(pair.Comparison, pair.Differences, pair.MessageDifference),
        LeftOut = Decision(room.LeftOutBy, room.LeftOutAt, room.LeftOutReason),
        Accepted = Decision(room.AcceptedBy, room.AcceptedAt, room.AcceptedReason, room.AcceptedConfirmedBy),
        Proposed = Proposal(proposal),
    };

    private static RoomSide? Legacy(RoomPair pair) => pair.LegacyNodeId is null ? null : new RoomSide
    {
        Name = pair.LegacyName ?? "",
        Category = pair.Category,
        Privacy = pair.LegacyPrivacy,
        Type = pair.LegacyType,
        Disabled = pair.LegacyDisabled,
        MemberCount = pair.LegacyMemberCount,
        ManagerCount = pair.LegacyManagerCount,
        MessageCount = pair.LegacyMessageCount,
        FirstMessageAt = pair.LegacyFirstMessageAt,
        LastMessageAt = pair.LegacyLastMessageAt,
    };

    private static RoomSide? New(RoomPair pair) => pair.NewNodeId is null ? null : new RoomSide
    {
        Name = pair.NewName ?? "",
        Category = pair.NewCategory,
        Privacy = pair.NewPrivacy,
        Type = pair.NewType,
        Disabled = pair.NewDisabled,
        MemberCount = pair.NewMemberCount,
        ManagerCount = pair.NewManagerCount,
        MessageCount = pair.NewMessageCount,
        FirstMessageAt = pair.NewFirstMessageAt,
        LastMessageAt = pair.NewLastMessageAt,
    };

    public static RoomDecision? Decision(string? by, DateTimeOffset? at, string? reason, string? confirmedBy = null) =>
        by is null || at is null ? null : new RoomDecision(by, at.Value, reason ?? "") { ConfirmedBy = confirmedBy };

    public static RoomProposal? Proposal(AcceptanceProposal? proposal) =>
        proposal is null ? null : new(proposal.Id.ToString(CultureInfo.InvariantCulture), proposal.By, proposal.At, proposal.Reason);
}
