using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>P01: Persistent Chat has one level of categories; deeper ones get their path as name.</summary>
internal sealed class P01NestedCategories : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts) =>
        from category in facts.Plan.Categories
        where facts.Tree.Find(category.LegacyNodeId) is { } node && facts.Tree.PathOf(node) is { Count: > 2 }
        let rooms = facts.Plan.Rooms.Count(r => r.Category == category.Guid)
        select new Finding("P01", Severity.Warning, null, category.LegacyName, rooms, category.Name)
        {
            Evidence = Wording.OfText($"{category.LegacyName} → {category.Name}"),
        };
}
