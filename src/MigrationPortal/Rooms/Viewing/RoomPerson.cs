using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Rooms.Scanning;

namespace MigrationPortal.Rooms.Viewing;

/// <summary>Somebody's rights in one room, before and after.</summary>
/// <param name="Change"><c>Keeps</c>, <c>Gains</c> or <c>Loses</c>.</param>
/// <param name="Why">Reason codes of the plan.</param>
public sealed record RoomPerson(Guid Guid, string Name, string Kind, IReadOnlyList<string> Legacy, IReadOnlyList<string> Planned, IReadOnlyList<string> New, string Change, IReadOnlyList<string> Why);

/// <summary>Somebody's rights as they are in the new pool.</summary>
internal sealed record NewPerson(Guid Guid, string Name, string Kind, IReadOnlyList<string> Rights);

/// <summary>Puts what the plan makes of a room's rights beside those that the new pool has, in the order in which people are listed.</summary>
internal static class RoomPersons
{
    private static readonly Dictionary<PrincipalType, string> _kinds = Enum.GetValues<PrincipalType>().ToDictionary(x => x, x => x.ToString());

    private static readonly Dictionary<string, string[]> _single = Enum.GetNames<RoleType>().ToDictionary(x => x, x => new[] { x });

    /// <summary>Two rows of one guid are one person (trap 32).</summary>
    public static IReadOnlyDictionary<Guid, ChatPrincipal> ByGuid(IReadOnlyCollection<ChatPrincipal> principals)
    {
        var known = new Dictionary<Guid, ChatPrincipal>(principals.Count);
        foreach (var row in principals)
        {
            if (!known.TryGetValue(row.Guid, out var other) || row.Disabled < other.Disabled)
                known[row.Guid] = row;
        }

        return known;
    }

    public static List<NewPerson> New(IEnumerable<(ChatPrincipal Person, RoleType Right)> rights) =>
    [
        .. rights.GroupBy(x => (x.Person.Guid, Name: RoomValueNames.Person(x.Person), Kind: _kinds[x.Person.Type]))
            .Select(x => new NewPerson(x.Key.Guid, x.Key.Name, x.Key.Kind, [.. x.Select(y => y.Right.ToString()).Distinct().Order()])),
    ];

    public static List<RoomPerson> OnlyNew(IEnumerable<NewPerson> current) =>
    [
        .. current.OrderBy(x => x.Name, StringComparer.OrdinalIgnoreCase).ThenBy(x => x.Guid)
            .Select(x => new RoomPerson(x.Guid, x.Name, x.Kind, [], [], x.Rights, "Keeps", [])),
    ];

    /// <param name="exists">Whether the room is in the new pool already.</param>
    public static List<RoomPerson> Merge(PlannedRoom room, IReadOnlyDictionary<Guid, ChatPrincipal> legacy, IReadOnlyList<NewPerson> current, bool exists)
    {
        var now = current.ToDictionary(x => x.Guid, x => x.Rights);
        var people = room.Decisions.Where(d => d.Principal is not null).GroupBy(d => d.Principal!.Value)
            .Select(decisions =>
            {
                List<Decision> all = [.. decisions];
                var planned = Rights(all.Where(d => d.New is not null));
                List<Decision> legacyOnes = [.. all.Where(d => d.Code is not ("PresenterMadeExplicit" or "PresenterMadeMember"))];
                // What stands in the legacy pool without effect is listed, and lost by nobody.
                var (before, effective) = (Rights(legacyOnes), Rights(legacyOnes.Where(d => d.New is not null || d.Loses)));
                var held = now.GetValueOrDefault(decisions.Key) ?? [];
                var after = exists ? held : planned;
                var change = effective.Except(after).Any() ? "Loses" : after.Except(effective).Any() ? "Gains" : "Keeps";
                var person = legacy[decisions.Key];
                return new RoomPerson(decisions.Key, RoomValueNames.Person(person), _kinds[person.Type], before, planned, held, change, all.Count == 1 ? [all[0].Code] : [.. all.Select(d => d.Code).Distinct()]);
            }).ToList();
        var listed = people.Select(x => x.Guid).ToHashSet();
        people.AddRange(current.Where(x => !listed.Contains(x.Guid)).Select(x => new RoomPerson(x.Guid, x.Name, x.Kind, [], [], x.Rights, "Gains", [])));
        return [.. people.OrderBy(x => x.Change switch { "Loses" => 0, "Gains" => 1, _ => 2 }).ThenBy(x => x.Name, StringComparer.OrdinalIgnoreCase).ThenBy(x => x.Guid)];
    }

    // Most people have one right.
    private static string[] Rights(IEnumerable<Decision> decisions) => decisions.Select(d => d.Property).Distinct().Order().ToArray() switch
    {
        [var one] => _single.GetValueOrDefault(one) ?? [one],
        var several => several,
    };
}
