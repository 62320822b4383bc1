using Microsoft.EntityFrameworkCore;
using MigrationPortal.Administration;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Rooms.Scanning;

namespace MigrationPortal.Rooms.Viewing;

/// <summary>Somebody's rights in one room, before and after.</summary>
/// <param name="Change"><c>Keeps</c>, <c>Gains</c> or <c>Loses</c>.</param>
/// <param name="Why">Reason codes of the plan.</param>
public sealed record RoomPerson(string Name, string Kind, IReadOnlyList<string> Legacy, IReadOnlyList<string> Planned, IReadOnlyList<string> New, string Change, IReadOnlyList<string> Why);

/// <summary>
/// Who may do what in a room: as the planner works the legacy rights out, and as they stand in the new pool. Computed from the
/// scan's whole inventory, since rights come down from categories and groups.
/// </summary>
internal sealed class RoomPeople(IDbContextFactory<PortalDbContext> contexts, Inventory inventory, PoolPairQueries pairs)
{
    public async Task<IReadOnlyList<RoomPerson>> ListAsync(RoomView view, CancellationToken cancellationToken)
    {
        var options = (await pairs.FindAsync(view.PoolPairId, cancellationToken))?.Options ?? new PlanOptions();
        var current = await NewRightsAsync(view, cancellationToken);
        if (view.LegacyNodeId is null)
            return [.. current.OrderBy(x => x.Name, StringComparer.OrdinalIgnoreCase).Select(x => new RoomPerson(x.Name, x.Kind, [], [], x.Rights, "Keeps", []))];

        var legacy = await inventory.LoadAsync(view.ScanId, isLegacy: true, cancellationToken);
        var target = await inventory.LoadAsync(view.ScanId, isLegacy: false, cancellationToken);
        var rooms = Planner.PlanUnchecked(new PlanRequest(legacy, target, new HashSet<Guid> { view.Row.Guid }, options, new Dictionary<Guid, string>(), new HashSet<Guid>()))
            .Rooms;
        return rooms.Count == 0 ? [] : Merge(rooms[0], legacy, current, view.NewNodeId is not null);
    }

    private static List<RoomPerson> Merge(PlannedRoom room, ChatPool legacy, IReadOnlyList<NewPerson> current, bool exists)
    {
        var kinds = legacy.Principals.GroupBy(RoomWords.Person).ToDictionary(x => x.Key, x => x.First().Type.ToString(), StringComparer.Ordinal);
        var now = current.ToLookup(x => x.Name);
        var people = room.Decisions.Where(d => Enum.TryParse<RoleType>(d.Property, out _)).GroupBy(d => d.New ?? d.Old ?? "", StringComparer.Ordinal)
            .Select(decisions =>
            {
                var planned = decisions.Where(d => d.New is not null).Select(d => d.Property).Distinct().Order().ToList();
                var before = decisions.Where(d => d.Code is not ("PresenterMadeExplicit" or "PresenterMadeMember")).Select(d => d.Property).Distinct().Order().ToList();
                var held = now[decisions.Key].SelectMany(x => x.Rights).Distinct().Order().ToList();
                var after = exists ? held : planned;
                var change = before.Except(after).Any() ? "Loses" : after.Except(before).Any() ? "Gains" : "Keeps";
                return new RoomPerson(decisions.Key, kinds.GetValueOrDefault(decisions.Key, "User"), before, planned, held, change, [.. decisions.Select(d => d.Code).Distinct()]);
            }).ToList();
        var known = people.Select(x => x.Name).ToHashSet(StringComparer.Ordinal);
        people.AddRange(current.Where(x => !known.Contains(x.Name)).Select(x => new RoomPerson(x.Name, x.Kind, [], [], x.Rights, "Gains", [])));
        return [.. people.OrderBy(x => x.Change switch { "Loses" => 0, "Gains" => 1, _ => 2 }).ThenBy(x => x.Name, StringComparer.OrdinalIgnoreCase)];
    }

    private async Task<IReadOnlyList<NewPerson>> NewRightsAsync(RoomView view, CancellationToken cancellationToken)
    {
        if (view.NewNodeId is not { } node)
            return [];
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.Database.SqlQuery<NewRight>($"""
            SELECT coalesce(nullif(p.display_name, ''), nullif(p.name, ''), p.uri) AS "Name", p.type AS "Kind", r.type AS "RightName"
            FROM portal.inventory_roles r
            JOIN portal.inventory_principals p ON p.scan_id = r.scan_id AND p.is_legacy = r.is_legacy AND p.principal_id = r.principal_id
            WHERE r.scan_id = {view.ScanId} AND NOT r.is_legacy AND r.node_id = {node}
            """).ToListAsync(cancellationToken);
        return [.. rows.GroupBy(x => (x.Name, x.Kind)).Select(x => new NewPerson(x.Key.Name, x.Key.Kind, [.. x.Select(y => y.RightName).Distinct().Order()]))];
    }

    private sealed record NewRight(string Name, string Kind, string RightName);

    private sealed record NewPerson(string Name, string Kind, IReadOnlyList<string> Rights);
}
