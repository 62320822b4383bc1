using System.Globalization;
using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Runs;

/// <summary>What became different between the plan that was approved and the plan as the pools stand now, in words for the one who starts.</summary>
internal static class PlanDrift
{
    private const int MaxLines = 8;

    public static string Describe(MigrationPlan approved, MigrationPlan now)
    {
        var lines = Lines(approved, now).Take(MaxLines + 1).ToList();
        return lines.Count switch
        {
            0 => "what the preflight finds",
            > MaxLines => string.Join("; ", lines.Take(MaxLines)) + "; and more",
            _ => string.Join("; ", lines),
        };
    }

    private static IEnumerable<string> Lines(MigrationPlan approved, MigrationPlan now)
    {
        var rooms = now.Rooms.ToDictionary(x => x.Guid);
        foreach (var room in approved.Rooms)
        {
            if (!rooms.Remove(room.Guid, out var found))
                yield return $"“{room.LegacyName}” is not in the legacy pool any more";
            else if (Changes(room, found) is { Length: > 0 } changes)
                yield return $"“{room.LegacyName}”: {changes}";
        }

        foreach (var room in rooms.Values)
            yield return $"“{room.LegacyName}” can be moved now";
        foreach (var line in Categories(approved, now).Concat(Sums(approved, now)))
            yield return line;
    }

    private static string Changes(PlannedRoom before, PlannedRoom after) => string.Join(", ", new[]
    {
        Value("name", before.Name, after.Name),
        Value("description", before.Description, after.Description, shows: false),
        Value("privacy", before.Visibility, after.Visibility),
        Value("type", before.Behavior, after.Behavior),
        Value("invitations", before.Invite, after.Invite),
        Value("disabled", before.Disabled, after.Disabled),
        Value("add-in", before.AddInId, after.AddInId, shows: false),
        Value("category", before.Category, after.Category, shows: false),
        People("members", before.Members, after.Members),
        People("managers", before.Managers, after.Managers),
        People("presenters", before.Presenters, after.Presenters),
        Value("dates or owners", (before.AddedBy, before.AddedOn, before.UpdatedBy, before.UpdatedOn), (after.AddedBy, after.AddedOn, after.UpdatedBy, after.UpdatedOn), shows: false),
    }.OfType<string>());

    private static IEnumerable<string> Categories(MigrationPlan approved, MigrationPlan now)
    {
        var categories = now.Categories.ToDictionary(x => x.Guid);
        foreach (var before in approved.Categories)
        {
            if (!categories.TryGetValue(before.Guid, out var after))
                continue;
            var changes = string.Join(", ", new[]
            {
                before.Action == after.Action ? null : after.Action == PlannedAction.Reuse ? "is in the new pool by now" : "is not in the new pool any more",
                Value("name", before.Name, after.Name),
                Value("flags", (before.Invite, before.Logged, before.FilePost), (after.Invite, after.Logged, after.FilePost), shows: false),
                People("scope", before.Scope, after.Scope),
                People("creators", before.Creators, after.Creators),
            }.OfType<string>());
            if (changes.Length > 0)
                yield return $"category “{before.LegacyName}”: {changes}";
        }
    }

    private static IEnumerable<string> Sums(MigrationPlan approved, MigrationPlan now)
    {
        if (People("people", Keys(approved), Keys(now)) is { } people)
            yield return people;
        if (approved.AddIns.Count != now.AddIns.Count || approved.AddIns.Where((x, i) => (x.Id, x.Action) != (now.AddIns[i].Id, now.AddIns[i].Action)).Any())
            yield return "add-ins";
    }

    private static List<(Guid, PlannedAction)> Keys(MigrationPlan plan) => [.. plan.Principals.Select(x => (x.Guid, x.Action))];

    private static string? Value<T>(string what, T before, T after, bool shows = true) =>
        EqualityComparer<T>.Default.Equals(before, after) ? null : shows ? $"{what} {before} → {after}" : what;

    private static string? People<T>(string what, IReadOnlyList<T> before, IReadOnlyList<T> after)
    {
        var (gone, come) = (before.Except(after).Count(), after.Except(before).Count());
        return (gone, come) switch
        {
            (0, 0) => null,
            _ => string.Create(CultureInfo.InvariantCulture, $"{what} +{come} −{gone}"),
        };
    }
}
