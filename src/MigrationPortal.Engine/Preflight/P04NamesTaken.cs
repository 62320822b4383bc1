using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>P04: a name that the new pool already has blocks; nothing there is ever overwritten (trap 3).</summary>
internal sealed class P04NamesTaken : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts)
    {
        var taken = facts.Request.New.Nodes.ToLookup(node => facts.Request.NameKey(node.Name), StringComparer.Ordinal);
        var categories = facts.Plan.Categories.ToDictionary(c => c.Guid);
        foreach (var room in facts.Rooms)
        {
            foreach (var other in taken[facts.Request.NameKey(room.Planned.Name)].Where(n => n.Guid != room.Planned.Guid))
                yield return Found(room, room.Planned.Name, other, "room");
            var category = categories[room.Planned.Category];
            if (category.Action == PlannedAction.Reuse)
                continue;
            foreach (var other in taken[facts.Request.NameKey(category.Name)].Where(n => n.Guid != category.Guid))
                yield return Found(room, category.Name, other, "category");
        }
    }

    private static Finding Found(RoomFacts room, string name, ChatNode other, string which) => new(
        $"P04.{which}-by-{(other.IsCategory ? "category" : "room")}", Severity.Blocker, room.Room.Guid, room.Room.Name, other.Name)
    {
        Evidence = Wording.OfText($"{name} = {other.Guid:D}"),
    };
}
