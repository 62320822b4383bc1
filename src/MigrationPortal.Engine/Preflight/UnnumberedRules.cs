using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>Consequences of the mapping that have no number with Microsoft and that people should say yes to.</summary>
internal sealed class UnnumberedRules : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts)
    {
        foreach (var room in facts.Rooms)
        {
            var hidden = facts.Settings.HiddenDifferences(room.Room).ToList();
            if (hidden.Count > 0)
                yield return Found("MustInheritWins", room, $"A category above makes its children inherit, so the room's own {string.Join(", ", hidden)} did not count and do not travel.");
            if (room.Planned.Members.Count == 0)
                yield return Found("NoMembers", room, "Nobody will be a member: the room can be seen by its managers only.");
            if (room.Planned.Messages.CounterRows > 1)
                yield return Found("ManyCounters", room, "The old pool counts its messages twice; the higher number is taken.");
        }

        foreach (var category in facts.Plan.Categories.Where(c => c.Scope.Count == 0))
            yield return new Finding("EmptyScope", Severity.Warning, null, category.Name, "Nobody is in its scope: no one can be added to its rooms.");
        foreach (var addIn in facts.Plan.AddIns.Where(a => a.Decisions.Any(d => d.Code == "AddInDiffers")))
            yield return new Finding("AddInDiffers", Severity.Warning, null, addIn.Name, "The add-in exists in the new pool with another name or URL; that one is kept.");
        foreach (var category in facts.Rooms.Select(r => r.Part).DistinctBy(p => p.Guid).Where(p => p.Suffix.Contains("(scope", StringComparison.Ordinal)))
            yield return new Finding("ScopeSplit", Severity.Warning, null, facts.Tree.CategoryPath(category.Category),
                "Its rooms have different scopes; each scope gets a category of its own, so that no wall is opened.");
    }

    private static Finding Found(string rule, RoomFacts room, string message) => new(rule, Severity.Warning, room.Room.Guid, room.Room.Name, message);
}
