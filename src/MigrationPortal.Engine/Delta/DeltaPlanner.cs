using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Engine.Transfer;

namespace MigrationPortal.Engine.Delta;

/// <param name="Plan">Of the rooms that pass; blocked where the pool as a whole is.</param>
/// <param name="SetAside">Why the others stay as the last run left them; each names its room.</param>
public sealed record PassingDelta(PlanResult Plan, IReadOnlyList<Finding> SetAside);

/// <summary>
/// Plans a batch that ran already as if it had not: the rooms and categories that it wrote are taken out of the new pool before the
/// planner looks. With the same source the plan, and its fingerprint, come out the same again; what differs came since. People stay in:
/// once provisioned, directory sync keeps them.
/// </summary>
public static class DeltaPlanner
{
    /// <summary>Leaves out the rooms that are blocked now, because one of their rows became odd since, so that the others are brought up to date.</summary>
    /// <param name="own">What the batch's ledger allocated.</param>
    public static PassingDelta PlanWhatPasses(PlanRequest request, IdAllocation own)
    {
        var aside = new List<Finding>();
        // A room that the legacy pool lost since stays as it is, and holds up nothing: no other run would bring it.
        var there = request.Legacy.Nodes.Where(x => !x.IsCategory).Select(x => x.Guid).ToHashSet();
        request = request with { Rooms = request.Rooms.Where(there.Contains).ToHashSet() };
        while (true)
        {
            var result = Plan(request, own);
            var blockers = result.Findings.Where(x => x.Severity == Severity.Blocker).ToList();
            // Whoever is blocked is taken out of the batch, not out of the pool: the name that the room has remains taken.
            var rooms = request.Rooms.Except(blockers.Select(x => x.Room ?? Guid.Empty)).ToHashSet();
            if (rooms.Count == request.Rooms.Count || blockers.Exists(x => x.Room is null)) return new PassingDelta(result, aside);
            aside.AddRange(blockers);
            request = request with { Rooms = rooms };
        }
    }

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
