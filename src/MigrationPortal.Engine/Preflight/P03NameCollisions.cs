using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>P03: names of rooms and categories are unique in the pool, a room may not bear a category's name; case does not count (traps 2 and 4).</summary>
internal sealed class P03NameCollisions : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts)
    {
        var categories = facts.Plan.Categories.ToDictionary(c => c.Guid);
        foreach (var room in facts.Rooms)
        {
            foreach (var other in facts.Names[facts.Request.NameKey(room.Planned.Name)].Where(n => n.Guid != room.Planned.Guid))
                yield return Found("P03.room", room, room.Planned.Name, Described(other, facts));
            var category = categories[room.Planned.Category];
            foreach (var other in facts.Names[facts.Request.NameKey(category.Name)].Where(n => n.IsCategory && n.Guid != category.Guid))
                yield return Found(category.Action == PlannedAction.Reuse ? "P03.reused-category" : "P03.category", room, category.Name, Described(other, facts));
        }
    }

    private static Wording Described(PlannedName other, PlanFacts facts) => other.IsCategory
        ? new("Described.Category", facts.Tree.CategoryPath(other.Category))
        : new("Described.Room", facts.Tree.CategoryPath(other.Category), other.Room!.Name);

    private static Finding Found(string key, RoomFacts room, string name, Wording other) => new(key, Severity.Blocker, room.Room.Guid, room.Room.Name, name, other);
}
