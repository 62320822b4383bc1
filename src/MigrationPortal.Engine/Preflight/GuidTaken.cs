using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>A room or category's identity exists in the new pool and no batch of this pair wrote it (trap 54): nothing is overwritten.</summary>
internal sealed class GuidTaken : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts)
    {
        var taken = facts.Request.New.Nodes.Where(n => !n.IsCategory).ToDictionary(n => n.Guid);
        return facts.Rooms
            .Where(r => taken.ContainsKey(r.Room.Guid) && !facts.Request.Written.Contains(r.Room.Guid))
            .Select(r => new Finding("GuidTaken", Severity.Blocker, r.Room.Guid, r.Room.Name,
                $"The new pool already has this room as “{taken[r.Room.Guid].Name}”, and no batch wrote it: leave it out, or remove it there."));
    }
}
