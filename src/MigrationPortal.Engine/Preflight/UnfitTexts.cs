using System.Globalization;
using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>
/// Texts that the new pool's columns do not take, in every row that a room needs: its own, its category's, its people's. One such value
/// would refuse the rows of the whole batch. Final names of more than 256 characters are P02's, add-ins are P14's.
/// </summary>
internal sealed class UnfitTexts : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts)
    {
        var limits = new TextLimits(facts.Request);
        var categories = facts.Plan.Categories.Where(category => category.Action == PlannedAction.Create)
            .Select(category => (category.Guid, Problem: limits.FindProblem(WrittenTexts.Of(category))))
            .Where(x => x.Problem is not null).ToDictionary(x => x.Guid, x => x.Problem!);
        var people = facts.Plan.Principals.Where(person => person.Action == PlannedAction.Create)
            .Select(person => (Person: person, Problem: limits.FindProblem(WrittenTexts.Of(person))))
            .Where(x => x.Problem is not null).ToDictionary(x => x.Person.Guid, x => (x.Person, Problem: x.Problem!));
        var needs = people.Count == 0 ? null : new RoomNeeds(facts.Plan);
        foreach (var room in facts.Rooms)
        {
            if (limits.FindProblem(WrittenTexts.Of(room.Planned)) is { } own)
                yield return Of("UnfitText.room", room, $"{room.Room.NodeId}", own);
            if (categories.TryGetValue(room.Planned.Category, out var category))
                yield return Of("UnfitText.category", room, room.Part.Category.Name, $"{room.Part.Category.NodeId}", category);
            foreach (var person in needs?.Of(room.Planned).Distinct().Where(people.ContainsKey) ?? [])
                yield return Of("UnfitText.person", room, NameOf(people[person].Person), people[person].Person.LegacyIds.Select(id => $"{id}"), people[person].Problem);
        }
    }

    private static string NameOf(PlannedPrincipal person) => person.DisplayName ?? person.Name ?? person.Uri;

    private static Finding Of(string key, RoomFacts room, params ReadOnlySpan<object?> args) => new(key, Severity.Blocker, room.Room.Guid, room.Room.Name, args);
}
