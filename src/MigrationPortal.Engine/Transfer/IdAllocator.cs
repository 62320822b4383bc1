using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Transfer;

internal static class IdAllocator
{
    /// <summary>Ids above everything in the new pool, in plan order: categories, rooms, then principals.</summary>
    public static IdAllocation Allocate(MigrationPlan plan, TargetFacts facts)
    {
        var (node, principal) = (facts.MaxNodeId, facts.MaxPrincipalId);
        var nodes = plan.Categories.Where(x => x.Action == PlannedAction.Create).Select(x => x.Guid).Concat(plan.Rooms.Select(x => x.Guid));
        var principals = plan.Principals.Where(x => x.Action == PlannedAction.Create).Select(x => x.Guid);
        return new IdAllocation(nodes.ToDictionary(x => x, _ => checked(++node)), principals.ToDictionary(x => x, _ => checked(++principal)));
    }
}
