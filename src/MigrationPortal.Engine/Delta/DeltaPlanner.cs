using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Engine.Transfer;

namespace MigrationPortal.Engine.Delta;

/// <summary>
/// Plans a batch that ran already as if it had not: the rooms and categories that it wrote are taken out of the new pool before the
/// planner looks. With the same source the plan, and its fingerprint, come out the same again; what differs came since. People stay in:
/// once provisioned, directory sync keeps them.
/// </summary>
public static class DeltaPlanner
{
    /// <param name="own">What the batch's ledger allocated.</param>
    public static PlanResult Plan(PlanRequest request, IdAllocation own)
    {
        var rooms = request.New.Nodes.Where(x => own.Nodes.TryGetValue(x.Guid, out var id) && id == x.NodeId).ToList();
        var (ids, guids) = (rooms.Select(x => x.NodeId).ToHashSet(), rooms.Select(x => x.Guid).ToHashSet());
        var without = request.New with
        {
            Nodes = [.. request.New.Nodes.Where(x => !ids.Contains(x.NodeId))],
            Roles = [.. request.New.Roles.Where(x => !ids.Contains(x.NodeId))],
            Scopes = [.. request.New.Scopes.Where(x => !ids.Contains(x.NodeId))],
            Messages = [.. request.New.Messages.Where(x => !ids.Contains(x.NodeId))],
        };
        return Planner.Plan(request with { New = without, Written = request.Written.Except(guids).ToHashSet() });
    }
}
