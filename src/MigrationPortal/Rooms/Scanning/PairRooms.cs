using System.Globalization;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Rooms.Deciding;

namespace MigrationPortal.Rooms.Scanning;

/// <summary>What is decided about rooms that the databases do not know.</summary>
/// <param name="RoomIds">Portal id per guid.</param>
/// <param name="Accepted">By guid, what somebody accepted.</param>
/// <param name="Proven">By guid, what the last proof found to differ; rooms in which it found nothing are left out.</param>
internal sealed record RoomKnowledge(
    PlanOptions Options,
    IReadOnlyDictionary<Guid, long> RoomIds,
    IReadOnlyDictionary<Guid, Acceptance> Accepted,
    IReadOnlyDictionary<Guid, ProvenDifference> Proven,
    IReadOnlySet<Guid> LeftOut,
    IReadOnlyDictionary<Guid, string> NewNames);

/// <param name="Messages">How the messages differ, as in <see cref="RoomPair.MessageDifference"/>; null when they do not.</param>
/// <param name="MessageCount">Of the new room, up to the legacy room's last chatId.</param>
internal sealed record ProvenDifference(IReadOnlyCollection<string> Names, string? Messages, long MessageCount);

/// <summary>Makes the side-by-side rows of a scan: one per guid that is on either side.</summary>
internal static class PairRooms
{
    public static IEnumerable<PairedRow> Of(ScannedPools scanned, RoomKnowledge known)
    {
        var legacy = new PoolView(scanned.Legacy);
        var current = new PoolView(scanned.New);
        var places = new RoomPlaces(legacy, current);
        var request = new PlanRequest(scanned.Legacy, scanned.New, new HashSet<Guid>(), known.Options, known.NewNames, new HashSet<Guid>()) { LeftOut = known.LeftOut };
        var plans = new RoomPlans(request);
        var crowds = new CrowdedPeople(scanned, request, legacy, current);

        foreach (var room in scanned.Legacy.Nodes.Where(n => !n.IsCategory))
        {
            var found = current.Rooms.GetValueOrDefault(room.Guid) is { } node ? Find(current, node, scanned) : null;
            var plan = plans.Find(room);
            var lines = plan is null ? null : PropertyLines.Of(legacy, room, plan.Room, plan.Category, found);
            var row = Row(scanned, known, places.Of(room, found?.Category), legacy, room, plan?.Room, found, lines);
            yield return plan is null ? row : row with { People = crowds.Of(row.Pair.RoomId, room, plan.Room, found) };
        }

        foreach (var node in scanned.New.Nodes.Where(n => !n.IsCategory && !legacy.Rooms.ContainsKey(n.Guid)))
        {
            var found = Find(current, node, scanned);
            var row = Row(scanned, known, places.Of(null, current.Parent(node)), null, null, null, found, null, node.Guid);
            yield return row with { People = crowds.OfNew(row.Pair.RoomId, found) };
        }
    }

    /// <summary>Names of the properties that differ without a rule.</summary>
    public static List<string> Differing(IEnumerable<PropertyLine> lines) => [.. lines.Where(line => line.Differs).Select(line => line.Property)];

    /// <param name="read">How the messages differ where a proof read them.</param>
    public static string MessageDifference(long count, string? read) => read ?? count.ToString(CultureInfo.InvariantCulture);

    // A scan counts messages and sees no files: what the last proof read in them stands until another proof, or another count.
    private static (List<string> Names, string? Messages) Differing(List<PropertyLine> lines, long count, ProvenDifference? proven)
    {
        var isAsProven = proven?.MessageCount == count;
        var standing = proven?.Names.Where(name => name == "Messages" ? isAsProven : !lines.Exists(line => line.Property == name)) ?? [];
        List<string> names = [.. Differing(lines).Union(standing)];
        return (names, names.Contains("Messages") ? MessageDifference(count, isAsProven ? proven!.Messages : null) : null);
    }

    private static NewRoom Find(PoolView current, ChatNode node, ScannedPools scanned)
    {
        var messages = current.Messages(node);
        return new NewRoom(current, node, current.Parent(node), messages, scanned.CountsUpToLegacy.GetValueOrDefault(node.NodeId, messages.Count));
    }

    private static PairedRow Row(
        ScannedPools scanned, RoomKnowledge known, string place, PoolView? legacy, ChatNode? room, PlannedRoom? planned, NewRoom? found, List<PropertyLine>? lines, Guid? guid = null)
    {
        var key = guid ?? room!.Guid;
        var upToLegacy = found?.CountUpToLegacy ?? 0;
        var (differences, messageDifference) = Differing(lines ?? [], upToLegacy, found is null ? null : known.Proven.GetValueOrDefault(key));
        var messages = room is null ? null : legacy!.Messages(room);
        var pair = new RoomPair
        {
            ScanId = scanned.ScanId,
            RoomId = known.RoomIds[key],
            Comparison = Compare(room, found, planned, differences.Count),
            Category = place,
            LegacyNodeId = room?.NodeId,
            LegacyName = room?.Name,
            LegacyPrivacy = room is null ? null : RoomValueNames.LegacyPrivacy(planned?.Visibility ?? room.Visibility),
            LegacyType = room is null ? null : RoomValueNames.Type(room.Behavior),
            LegacyDisabled = room?.Disabled,
            LegacyMemberCount = planned is null ? room is null ? null : legacy!.Principals(room, RoleType.Member).Count : LineList.LegacyCount(planned, RoleType.Member),
            LegacyManagerCount = planned is null ? null : LineList.LegacyCount(planned, RoleType.Manager),
            LegacyMessageCount = messages?.Count,
            LegacyFirstMessageAt = RoomValueNames.Instant(messages?.FirstTicks),
            LegacyLastMessageAt = RoomValueNames.Instant(messages?.LastTicks),
            NewNodeId = found?.Node.NodeId,
            NewName = found?.Node.Name,
            NewCategory = found?.Category?.Name,
            NewPrivacy = RoomValueNames.NewPrivacy(found?.Node.Visibility),
            NewType = found is null ? null : RoomValueNames.Type(found.Node.Behavior),
            NewDisabled = found?.Node.Disabled,
            NewMemberCount = found?.Members.Count,
            NewManagerCount = found?.Managers.Count,
            NewMessageCount = found?.Messages.Count,
            NewFirstMessageAt = RoomValueNames.Instant(found?.Messages.FirstTicks),
            NewLastMessageAt = RoomValueNames.Instant(found?.Messages.LastTicks),
            NewSinceCount = found is null || room is null ? 0 : found.Messages.Count - upToLegacy,
            Differences = differences,
            DifferenceCount = differences.Count,
            MessageDifference = messageDifference,
        };
        known.Accepted.GetValueOrDefault(key)?.ApplyTo(pair);
        return new PairedRow(pair, lines ?? [], []);
    }

    // A room that cannot be planned and yet stands on both sides is never called the same.
    private static Comparison Compare(ChatNode? room, NewRoom? found, PlannedRoom? planned, int differences) => (room, found) switch
    {
        (null, _) => Comparison.OnlyNew,
        (_, null) => Comparison.OnlyLegacy,
        _ when differences == 0 && planned is not null => Comparison.Same,
        _ => Comparison.Different,
    };
}
