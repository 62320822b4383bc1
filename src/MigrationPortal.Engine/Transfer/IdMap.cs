using System.Runtime.CompilerServices;
using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Transfer;

/// <summary>From the plan's guids and the legacy pool's prinIDs to ids of the new pool.</summary>
internal sealed class IdMap
{
    // A run asks for each of its rooms, and a map holds every person of the plan.
    private static readonly ConditionalWeakTable<IdAllocation, IdMap> _known = [];

    private readonly MigrationPlan _plan;
    private readonly Dictionary<Guid, int> _nodes;
    private readonly Dictionary<Guid, int> _principals;
    private readonly Dictionary<int, int> _authors = [];

    public IdMap(MigrationPlan plan, IdAllocation ids, IReadOnlyDictionary<Guid, int>? present = null)
    {
        _plan = plan;
        _nodes = new Dictionary<Guid, int>(ids.Nodes);
        foreach (var category in plan.Categories.Where(x => x.Action == PlannedAction.Reuse))
            if (category.NewId is { } id) _nodes[category.Guid] = id;
        _principals = new Dictionary<Guid, int>(ids.Principals);
        foreach (var (guid, id) in present ?? new Dictionary<Guid, int>()) _principals.TryAdd(guid, id);
        foreach (var principal in plan.Principals)
        {
            if (principal is { Action: PlannedAction.Reuse, NewId: { } id }) _principals[principal.Guid] = id;
            foreach (var legacyId in principal.LegacyIds) _authors[legacyId] = _principals[principal.Guid];
        }
    }

    /// <summary>The map of a plan whose ids are all given out, made once.</summary>
    public static IdMap Of(MigrationPlan plan, IdAllocation ids)
    {
        if (_known.TryGetValue(ids, out var known) && ReferenceEquals(known._plan, plan)) return known;
        var map = new IdMap(plan, ids);
        _known.AddOrUpdate(ids, map);
        return map;
    }

    public int Node(Guid guid) => _nodes[guid];

    public int Principal(Guid guid) => _principals[guid];

    /// <summary>The new pool's prinID of a legacy author; null when the plan has no such person.</summary>
    public int? Author(int legacyPrincipalId) => _authors.TryGetValue(legacyPrincipalId, out var id) ? id : null;
}
