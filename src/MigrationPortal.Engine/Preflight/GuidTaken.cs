using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>A room's identity exists in the new pool already (trap 54), by whoever's hand: nothing is overwritten, and nothing is moved twice.</summary>
internal sealed class GuidTaken : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts)
    {
        var taken = facts.Request.New.Nodes.Where(n => !n.IsCategory).ToDictionary(n => n.Guid);
        return
            from room in facts.Rooms
            where taken.ContainsKey(room.Room.Guid)
            select new Finding(
                facts.Request.Written.Contains(room.Room.Guid) ? "GuidTaken.batch" : "GuidTaken.pool",
                Severity.Blocker, room.Room.Guid, room.Room.Name, taken[room.Room.Guid].Name);
    }
}
