using System.Globalization;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Runs.Starting;

/// <summary>What became different between the plan that was approved and the plan as the pools stand now, in words for the one who starts.</summary>
internal static class PlanDrift
{
    private const int MaxLines = 8;

    public static Wording Describe(MigrationPlan approved, MigrationPlan now)
    {
        var lines = Lines(approved, now).Take(MaxLines + 1).ToList();
        return lines.Count switch
        {
            0 => new("Drift.Findings"),
            > MaxLines => new("Drift.AndMore", lines.Take(MaxLines)),
            _ => new("List.All", lines),
        };
    }

    private static IEnumerable<Wording> Lines(MigrationPlan approved, MigrationPlan now)
    {
        var rooms = now.Rooms.ToDictionary(x => x.Guid);
        foreach (var room in approved.Rooms)
        {
            if (!rooms.Remove(room.Guid, out var found))
                yield return new("Drift.RoomGone", room.LegacyName);
            else if (Changes(room, found) is { Count: > 0 } changes)
                yield return new("Drift.Room", room.LegacyName, changes);
        }

        foreach (var room in rooms.Values)
            yield return new("Drift.RoomCame", room.LegacyName);
        foreach (var line in Categories(approved, now).Concat(Sums(approved, now)))
            yield return line;
    }

    private static List<Wording> Changes(PlannedRoom before, PlannedRoom after) => [.. new[]
    {
        Value("Name", before.Name, after.Name),
        Value("Description", before.Description, after.Description, shows: false),
        Value("Privacy", before.Visibility, after.Visibility),
        Value("Type", before.Behavior, after.Behavior),
        Value("Invitations", before.Invite, after.Invite),
        Value("Disabled", before.Disabled, after.Disabled),
        Value("AddIn", before.AddInId, after.AddInId, shows: false),
        Value("Category", before.Category, after.Category, shows: false),
        People("Members", before.Members, after.Members),
        People("Managers", before.Managers, after.Managers),
        People("Presenters", before.Presenters, after.Presenters),
        Value("Dates", (before.AddedBy, before.AddedOn, before.UpdatedBy, before.UpdatedOn), (after.AddedBy, after.AddedOn, after.UpdatedBy, after.UpdatedOn), shows: false),
    }.OfType<Wording>()];

    private static IEnumerable<Wording> Categories(MigrationPlan approved, MigrationPlan now)
    {
        var categories = now.Categories.ToDictionary(x => x.Guid);
        foreach (var before in approved.Categories)
        {
            if (!categories.TryGetValue(before.Guid, out var after))
                continue;
            var changes = new[]
            {
                before.Action == after.Action ? null : after.Action == PlannedAction.Reuse ? new("Drift.InNewPool") : new Wording("Drift.NotInNewPool"),
                Value("Name", before.Name, after.Name),
                Value("Settings", (before.Invite, before.Logged, before.FilePost), (after.Invite, after.Logged, after.FilePost), shows: false),
                People("Scope", before.Scope, after.Scope),
                People("Creators", before.Creators, after.Creators),
            }.OfType<Wording>().ToList();
            if (changes.Count > 0)
                yield return new("Drift.Category", before.LegacyName, changes);
        }
    }

    private static IEnumerable<Wording> Sums(MigrationPlan approved, MigrationPlan now)
    {
        if (People("People", Keys(approved), Keys(now)) is { } people)
            yield return people;
        if (approved.AddIns.Count != now.AddIns.Count || approved.AddIns.Where((x, i) => (x.Id, x.Action) != (now.AddIns[i].Id, now.AddIns[i].Action)).Any())
            yield return new("Property.AddIns");
    }

    private static List<(Guid, PlannedAction)> Keys(MigrationPlan plan) => [.. plan.Principals.Select(x => (x.Guid, x.Action))];

    private static Wording? Value<T>(string what, T before, T after, bool shows = true) =>
        EqualityComparer<T>.Default.Equals(before, after) ? null : shows ? new("Drift.Value", new Wording($"Property.{what}"), Shown(what, before), Shown(what, after)) : new($"Property.{what}");

    // A name stays as it is.
    private static object Shown(string what, object? value) => (what, value) switch
    {
        ("Invitations", _) => Word(value switch { true => "on", false => "off", _ => "inherited" }),
        ("Disabled", _) => Word(value is true ? "yes" : "no"),
        ("Privacy", "private" or "scope" or "open") or ("Type", "normal" or "auditorium") => Word($"{value}"),
        _ => $"{value}",
    };

    private static Wording Word(string value) => new($"Drift.Value.{value}");

    private static Wording? People<T>(string what, IReadOnlyList<T> before, IReadOnlyList<T> after)
    {
        var (gone, come) = (before.Except(after).Count(), after.Except(before).Count());
        return (gone, come) switch
        {
            (0, 0) => null,
            _ => new("Drift.People", new Wording($"Property.{what}"), come, gone),
        };
    }
}
