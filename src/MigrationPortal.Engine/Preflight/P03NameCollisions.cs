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
                yield return Found(room, Sentence.Of($"“{room.Planned.Name}” would also be the name of {Described(other, facts)}"), "give the room a new name");
            var category = categories[room.Planned.Category];
            foreach (var other in facts.Names[facts.Request.NameKey(category.Name)].Where(n => n.IsCategory && n.Guid != category.Guid))
                yield return Found(room, Sentence.Of($"its category “{category.Name}” would have the same name as {Described(other, facts)}"),
                    category.Action == PlannedAction.Reuse ? "give the other category a new name in its batch" : "give the category a new name in the batch, choose another PrefixSeparator, rename it in the old tool and scan again");
        }
    }

    private static string Described(PlannedName other, PlanFacts facts) => other.IsCategory
        ? Sentence.Of($"the category {facts.Tree.CategoryPath(other.Category)}")
        : Sentence.Of($"the room {facts.Tree.CategoryPath(other.Category)} / {other.Room!.Name}");

    private static Finding Found(RoomFacts room, string what, string remedy) => new(
        "P03", Severity.Blocker, room.Room.Guid, room.Room.Name, $"Names are unique in the new pool, but {what}: {remedy}, or leave the room out.");
}
