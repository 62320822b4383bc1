using System.Globalization;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Starting;

namespace MigrationPortal.Delta;

/// <summary>What a plan says differently from the one that was last moved, in words for whoever says yes. Messages are no change: they are what a delta is for.</summary>
internal sealed class DeltaChanges(MigrationPlan before, MigrationPlan now, IReadOnlyList<SetAsideRoom> setAside, IReadOnlyDictionary<Guid, long> roomIds)
{
    private readonly Dictionary<Guid, string> _people = before.Principals.Concat(now.Principals)
        .GroupBy(x => x.Guid).ToDictionary(x => x.Key, x => x.Last().DisplayName ?? x.Last().Name ?? x.Last().Uri);

    private readonly Dictionary<Guid, string> _categories = before.Categories.Concat(now.Categories).GroupBy(x => x.Guid).ToDictionary(x => x.Key, x => x.Last().Name);

    public IEnumerable<DeltaChange> List() => setAside.Select(x => new DeltaChange(DeltaChange.SetAside, x.Name, null, null, null) { RoomId = IdOf(x.Guid) }).Concat(Categories()).Concat(Rooms());

    private IEnumerable<DeltaChange> Categories()
    {
        var old = before.Categories.ToDictionary(x => x.Guid);
        foreach (var category in now.Categories)
        {
            if (!old.TryGetValue(category.Guid, out var then))
            {
                yield return new("Category", category.Name, null, null, category.Name);
                continue;
            }

            foreach (var change in Values("Category", category.Name,
                [
                    ("Name", then.Name, category.Name), ("Description", then.Description, category.Description), ("Invitations", Word(then.Invite), Word(category.Invite)),
                    ("History", Word(then.Logged), Word(category.Logged)), ("Uploads", Word(then.FilePost), Word(category.FilePost)),
                ]))
                yield return change;
            foreach (var change in People("Category", category.Name, "AllowedMember", then.Scope, category.Scope).Concat(People("Category", category.Name, "Creator", then.Creators, category.Creators)))
                yield return change;
        }
    }

    private IEnumerable<DeltaChange> Rooms()
    {
        var found = now.Rooms.ToDictionary(x => x.Guid);
        var aside = setAside.Select(x => x.Guid).ToHashSet();
        foreach (var then in before.Rooms.Where(x => !aside.Contains(x.Guid)))
        {
            if (!found.Remove(then.Guid, out var room))
            {
                yield return new("Room", then.Name, null, then.LegacyName, null) { RoomId = IdOf(then.Guid) };
                continue;
            }

            foreach (var change in OfRoom(then, room))
                yield return change with { RoomId = IdOf(room.Guid) };
        }

        foreach (var room in found.Values)
            yield return new("Room", room.Name, null, null, room.Name) { RoomId = IdOf(room.Guid) };
    }

    private IEnumerable<DeltaChange> OfRoom(PlannedRoom then, PlannedRoom room) =>
    [
        .. Values("Room", room.Name,
        [
            ("Name", then.Name, room.Name), ("Description", then.Description, room.Description), ("Category", _categories[then.Category], _categories[room.Category]),
            ("Privacy", then.Visibility, room.Visibility), ("Type", then.Behavior, room.Behavior), ("Invitations", Word(then.Invite), Word(room.Invite)),
            ("Disabled", Word(then.Disabled), Word(room.Disabled)), ("AddIn", AddIn(then), AddIn(room)), ("UpdatedOn", Time(then.UpdatedOn), Time(room.UpdatedOn)),
        ]),
        .. People("Room", room.Name, "Member", then.Members, room.Members),
        .. People("Room", room.Name, "Manager", then.Managers, room.Managers),
        .. People("Room", room.Name, "Presenter", then.Presenters, room.Presenters),
    ];

    private long? IdOf(Guid room) => roomIds.TryGetValue(room, out var id) ? id : null;

    private static IEnumerable<DeltaChange> Values(string kind, string subject, (string Property, string? Old, string? New)[] values) =>
        values.Where(x => x.Old != x.New).Select(x => new DeltaChange(kind, subject, x.Property, x.Old ?? "", x.New ?? ""));

    private IEnumerable<DeltaChange> People(string kind, string subject, string right, IReadOnlyList<Guid> then, IReadOnlyList<Guid> room) =>
        room.Except(then).Select(x => new DeltaChange(kind, subject, right, null, NameOf(x)))
            .Concat(then.Except(room).Select(x => new DeltaChange(kind, subject, right, NameOf(x), null)));

    private string NameOf(Guid person) => _people.GetValueOrDefault(person) ?? person.ToString("D");

    private string? AddIn(PlannedRoom room) => room.AddInId is { } id ? now.AddIns.Concat(before.AddIns).FirstOrDefault(x => x.Id == id)?.Name ?? id.ToString("D") : null;

    private static string Time(long ticks) =>
        ticks is >= 0 and <= 3_155_378_975_999_999_999 ? new DateTime(ticks, DateTimeKind.Utc).ToString("u", CultureInfo.InvariantCulture) : ticks.ToString(CultureInfo.InvariantCulture);

    private static string Word(bool? value) => value switch { true => "on", false => "off", null => "inherited" };
}
