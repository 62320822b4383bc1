using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Planning;

/// <param name="Rooms">Guids of the legacy rooms of the batch.</param>
/// <param name="NewNames">A new name by the guid of a room or of a category's row in the new pool, where people chose one, in any batch of the pair: names are judged across batches.</param>
/// <param name="Written">nodeGuids in the new pool that batches of this pair wrote: theirs may be reused, anybody else's block.</param>
public sealed record PlanRequest(
    ChatPool Legacy,
    ChatPool New,
    IReadOnlySet<Guid> Rooms,
    PlanOptions Options,
    IReadOnlyDictionary<Guid, string> NewNames,
    IReadOnlySet<Guid> Written)
{
    /// <summary>Guids of rooms that somebody decided not to move: their names are free.</summary>
    public IReadOnlySet<Guid> LeftOut { get; init; } = new HashSet<Guid>();

    /// <summary>Names that rooms bore when they were last seen, for those that are not in the legacy pool any more.</summary>
    public IReadOnlyDictionary<Guid, string> KnownNames { get; init; } = new Dictionary<Guid, string>();

    /// <summary>The server of the new pool, which decides when two names are one (trap 4).</summary>
    public SqlProvider NewProvider { get; init; } = SqlProvider.PostgreSql;

    /// <summary>What is known of the files that a room's messages link to; null where nobody has looked.</summary>
    public IReadOnlyDictionary<Guid, RoomFiles>? Files { get; init; }

    /// <summary>What is known of the legacy file store as a whole; null where none is configured.</summary>
    public LegacyFiles? Store { get; init; }

    internal string NameKey(string name) => SqlDialect.For(NewProvider).NameKey(VisibleText.Raw(name));
}

/// <param name="Links">Links to files in its messages.</param>
/// <param name="Missing">Names that the file store does not have, or that are none of its names: the first of them.</param>
public sealed record RoomFiles(int Links, IReadOnlyList<string> Missing)
{
    public int MissingCount { get; init; } = Missing.Count;

    /// <summary>Files that the store has, each once, and their bytes.</summary>
    public int Found { get; init; }

    public long Bytes { get; init; }
}

/// <param name="Orphans">Files that no message of the pool links to.</param>
/// <param name="IsMoved">False where the new pool's file store is not configured: files are moved by other means.</param>
public sealed record LegacyFiles(long Orphans, long OrphanBytes, bool IsMoved);

/// <summary>
/// Turns a legacy pool into a plan for some of its rooms. Pure: the same input gives the same plan, byte for byte. Looks at the
/// whole legacy inventory, never at the batch alone, so that the grouping into batches does not change what becomes of a room.
/// </summary>
public static class Planner
{
    /// <summary>What the plan makes of the rooms, without checks and fingerprint.</summary>
    public static MigrationPlan PlanUnchecked(PlanRequest request) => Compute(request).Plan;

    internal static PlanFacts Compute(PlanRequest request)
    {
        var setup = new PlanSetup(request, byStanding: true);
        request = setup.Request;
        var chosen = request.Legacy.Nodes.Where(n => !n.IsCategory && request.Rooms.Contains(n.Guid)).OrderBy(n => n.NodeId).ToList();
        var skipped = chosen.Where(setup.IsSkipped).ToList();
        var outcomes = chosen.Where(n => !setup.IsSkipped(n)).Select(setup.Rooms.Plan).ToList();
        var facts = outcomes.Select(o => o.Facts).OfType<RoomFacts>().ToList();
        var empty = EmptyCategoryRows.Of(request, setup);
        var categories = setup.Categories.Plan(facts, empty.Parts);
        return new PlanFacts
        {
            Request = request,
            Tree = setup.Tree,
            Settings = setup.Settings,
            Containment = setup.Containment,
            People = setup.People,
            Names = empty.Names,
            Rooms = facts,
            Broken = [.. outcomes.Select(o => o.Broken).OfType<BrokenRoom>()],
            Vanished = [.. request.Rooms.Except(chosen.Select(n => n.Guid)).Order()],
            LeftEmpty = empty.Left,
            Skipped = skipped,
            Plan = Assemble(request, facts, categories, setup.Principals, setup.AddIns),
        };
    }

    private static MigrationPlan Assemble(
        PlanRequest request,
        IReadOnlyList<RoomFacts> facts,
        IReadOnlyList<PlannedCategory> categories,
        PrincipalPlanner principals,
        AddInPlanner addIns)
    {
        var rooms = facts.Select(f => request.Store is { IsMoved: true } ? f.Planned with { Files = request.Files?.GetValueOrDefault(f.Planned.Guid) } : f.Planned).ToList();
        var planned = principals.Plan(Needed(rooms, categories, principals));
        return new MigrationPlan
        {
            Fingerprint = "",
            Principals = planned,
            Affiliations = AffiliationPlanner.Plan(request, principals, planned),
            AddIns = addIns.Plan(rooms),
            Categories = categories,
            Rooms = rooms,
        };
    }

    /// <summary>Authors, everyone in a right that is written, and whoever made or changed a node.</summary>
    private static HashSet<Guid> Needed(List<PlannedRoom> rooms, IReadOnlyList<PlannedCategory> categories, PrincipalPlanner principals)
    {
        var needed = new HashSet<Guid>();
        foreach (var room in rooms)
        {
            needed.UnionWith(room.Members);
            needed.UnionWith(room.Managers);
            needed.UnionWith(room.Presenters);
            needed.UnionWith(room.Authors.Select(principals.AuthorOf).OfType<Guid>());
            needed.UnionWith(new[] { room.AddedBy, room.UpdatedBy }.OfType<Guid>());
        }

        // Categories that share a scope share its list.
        var scopes = new HashSet<IReadOnlyList<Guid>>(ReferenceEqualityComparer.Instance);
        foreach (var category in categories.Where(c => c.Action == PlannedAction.Create))
        {
            if (scopes.Add(category.Scope))
                needed.UnionWith(category.Scope);
            needed.UnionWith(category.Creators);
            needed.UnionWith(new[] { category.AddedBy, category.UpdatedBy }.OfType<Guid>());
        }

        return needed;
    }
}
