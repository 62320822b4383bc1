using System.Globalization;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Rooms;
// Not the one that takes a decision.
using RoomDecision = MigrationPortal.Rooms.RoomDecision;

namespace MigrationPortal.Verification;

/// <param name="Grade">A room whose differences were accepted counts as good.</param>
/// <param name="Open">Rooms with differences that nobody accepted.</param>
/// <param name="Total">Proven rooms; <paramref name="Rooms"/> has at most a thousand of them from <c>skip</c> on, worst first.</param>
internal sealed record VerificationResource(Grade? Grade, int Unproven, int Open, long Total, IReadOnlyList<VerifiedRoomResource> Rooms)
{
    /// <summary>When the latest of them was verified; null where none was.</summary>
    public DateTimeOffset? VerifiedAt { get; init; }

    /// <summary>The latest request to verify all rooms again; null when nobody asked.</summary>
    public VerificationRequestResource? Request { get; init; }

    public static VerificationResource Of(BatchVerification found) =>
        new(found.Grade, found.Unproven, found.Open, found.Rooms.Total, [.. found.Rooms.Items.Select(VerifiedRoomResource.Of)]) { VerifiedAt = found.VerifiedAt };
}

internal sealed record VerificationRequestResource(
    VerificationState State, string RequestedBy, DateTimeOffset RequestedAt, DateTimeOffset? FinishedAt, int RoomCount, int VerifiedRoomCount, string? Note, string? Error)
{
    public static VerificationRequestResource? Of(VerificationRequest? x) =>
        x is null ? null : new(x.State, x.RequestedBy, x.RequestedAt, x.FinishedAt, x.RoomCount, x.VerifiedRoomCount, x.Note?.ToString(), x.Error?.ToString());
}

/// <param name="FindingId">What <c>findings/{id}/accept</c> takes; another one after each proof.</param>
/// <param name="Proposed">That its differing messages are accepted, which a second person confirms.</param>
/// <param name="Mismatches">The first hundred, by chatId; never a text.</param>
internal sealed record VerifiedRoomResource(
    string FindingId,
    string RoomId,
    string RoomName,
    Grade Grade,
    DateTimeOffset VerifiedAt,
    SideResource Legacy,
    SideResource New,
    IReadOnlyList<RuleResource> Rules,
    long MismatchCount,
    IReadOnlyList<MismatchResource> Mismatches,
    IReadOnlyList<SettingDifference> Settings,
    RoomDecision? Accepted,
    RoomProposal? Proposed)
{
    public static VerifiedRoomResource Of(VerifiedRoom room) => new(
        Text(room.Id)!,
        Text(room.RoomId)!,
        room.RoomName,
        room.Grade,
        room.VerifiedAt,
        SideResource.Of(room.Proof.Legacy),
        SideResource.Of(room.Proof.New),
        [.. room.Proof.Rules.Select(x => new RuleResource(x.Name, x.Holds, x.Legacy.ToString(), x.New.ToString()))],
        room.Proof.MismatchCount,
        [.. room.Proof.Mismatches.Select(x => new MismatchResource(Text(x.ChatId)!, x.Kind, x.Fields))],
        room.Proof.Settings,
        room.Accepted,
        room.Proposed);

    internal static string? Text(long? value) => value?.ToString(CultureInfo.InvariantCulture);
}

/// <param name="Legacy">What was compared, in the caller's language where it is not a number or a digest.</param>
internal sealed record RuleResource(string Name, bool Holds, string Legacy, string New);

internal sealed record MismatchResource(string ChatId, MismatchKind Kind, string Fields);

internal sealed record SideResource(long Count, string? FirstChatId, string? LastChatId, string? FirstTicks, string? LastTicks, int AuthorCount, string Digest)
{
    public static SideResource Of(MessageDigests side) => new(
        side.Count,
        VerifiedRoomResource.Text(side.FirstChatId),
        VerifiedRoomResource.Text(side.LastChatId),
        VerifiedRoomResource.Text(side.FirstTicks),
        VerifiedRoomResource.Text(side.LastTicks),
        side.AuthorCount,
        side.Digest);
}
