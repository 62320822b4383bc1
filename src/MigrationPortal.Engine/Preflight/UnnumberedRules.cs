using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>Consequences of the mapping that have no number with Microsoft and that people should acknowledge.</summary>
internal sealed class UnnumberedRules : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts)
    {
        foreach (var room in facts.Rooms)
        {
            var hidden = facts.Settings.HiddenDifferences(room.Room).ToList();
            if (hidden.Count > 0)
                yield return new Finding("MustInheritWins", Severity.Warning, room.Room.Guid, room.Room.Name, hidden.Select(setting => new Wording(setting)));
            if (room.Planned.Members.Count == 0)
                yield return new Finding("NoMembers", Severity.Warning, room.Room.Guid, room.Room.Name);
            if (room.Planned.Messages.CounterRows > 1)
                yield return new Finding("ManyCounters", Severity.Warning, room.Room.Guid, room.Room.Name);
        }

        foreach (var category in facts.Plan.Categories.Where(c => c.Scope.Count == 0))
            yield return new Finding("EmptyScope", Severity.Warning, null, category.Name);
        foreach (var addIn in facts.Plan.AddIns.Where(a => a.Decisions.Any(d => d.Code == "AddInDiffers")))
            yield return new Finding("AddInDiffers", Severity.Warning, null, addIn.Name);
        foreach (var category in facts.Rooms.Select(r => r.Part).DistinctBy(p => p.Guid).Where(p => p.Suffix.Contains("(scope", StringComparison.Ordinal)))
            yield return new Finding("ScopeSplit", Severity.Warning, null, facts.Tree.CategoryPath(category.Category));
    }
}
