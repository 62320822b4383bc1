using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.PoolPairs;
using MigrationPortal.Rooms.Scanning;

namespace MigrationPortal.Rooms.Viewing;

/// <summary>
/// Who may do what in a room: as the planner works the legacy rights out, and as they stand in the new pool. Computed from what the scan
/// found of the room itself, the categories above it and the groups around its people, since rights come down from all of them.
/// </summary>
internal sealed class RoomPeople(IDbContextFactory<PortalDbContext> contexts, KeptPeople kept)
{
    public async Task<Page<RoomPerson>> ListAsync(RoomView view, Paging paging, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var room = ScannedRoom.Of(view);
        var key = await KeyAsync(db, room, cancellationToken);
        if (kept.Find(key) is not { } people)
        {
            if (await PeopleParts.FindPageAsync(db, room, key, paging, cancellationToken) is { } page)
                return page;
            people = await kept.ListAsync(key, () => ReadAsync(db, room, key.Options, cancellationToken), cancellationToken);
        }

        return new(people.Count, [.. people.Skip(paging.Skip).Take(paging.Take)]);
    }

    /// <summary>Works out the people of a crowded room and keeps them for whoever opens it, on any node.</summary>
    public async Task KeepAsync(RoomView view, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var room = ScannedRoom.Of(view);
        var key = await KeyAsync(db, room, cancellationToken);
        List<PeopleList> lists = [.. await ListEachAsync(db, room, key, cancellationToken)];
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // What was written to the room meanwhile came with its own lists.
        if (await KeyAsync(db, room, cancellationToken) == key)
            await PeopleParts.KeepAsync(db, room, lists, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>
    /// Keeps the people of a crowded room where no list says what was written to it. Part of the transaction that shows the room as migrated: whoever
    /// sees that finds its people, and only this room's transfer waits for them.
    /// </summary>
    public static async Task KeepWrittenAsync(PortalDbContext db, ScannedRoom room, CancellationToken cancellationToken)
    {
        var key = await KeyAsync(db, room, cancellationToken);
        if (!await PeopleParts.TryMarkAsPlannedAsync(db, room, key, cancellationToken))
            await PeopleParts.KeepAsync(db, room, await ListEachAsync(db, room, key, cancellationToken), cancellationToken);
    }

    private static async Task<PeopleKey> KeyAsync(PortalDbContext db, ScannedRoom room, CancellationToken cancellationToken)
    {
        var options = (await PoolPairQueries.FindAsync(db, room.PoolPairId, cancellationToken))?.Options ?? new PlanOptions();
        return new(room.ScanId, room.LegacyNodeId, room.NewNodeId, PeopleVersion.OfRights(options), await WrittenAsync(db, room, cancellationToken));
    }

    /// <returns>The version of the row that <see cref="NewRightsAsync"/> reads beside the scan; null without one.</returns>
    private static Task<string?> WrittenAsync(PortalDbContext db, ScannedRoom room, CancellationToken cancellationToken) => room.NewNodeId is null
        ? Task.FromResult<string?>(null)
        : db.Database.SqlQuery<string?>($"""
            SELECT xmin::text AS "Value" FROM portal.room_pair_properties WHERE scan_id = {room.ScanId} AND room_id = {room.RoomId} AND new_members IS NOT NULL
            """).SingleOrDefaultAsync(cancellationToken);

    private static async Task<List<RoomPerson>> ReadAsync(PortalDbContext db, ScannedRoom room, PlanOptions options, CancellationToken cancellationToken)
    {
        var current = await NewRightsAsync(db, room, cancellationToken);
        if (room.LegacyNodeId is not { } node)
            return RoomPersons.OnlyNew(current);
        var (request, found) = await RequestAsync(db, room, node, options, cancellationToken);
        return found is not null && new RoomPlans(request).FindRights(found).Room is { } planned
            ? RoomPersons.Merge(planned, RoomPersons.ByGuid(request.Legacy.Principals), current, room.NewNodeId is not null)
            : [];
    }

    private static async Task<IEnumerable<PeopleList>> ListEachAsync(PortalDbContext db, ScannedRoom room, PeopleKey key, CancellationToken cancellationToken)
    {
        var current = await NewRightsAsync(db, room, cancellationToken);
        if (room.LegacyNodeId is not { } node)
            return [CrowdedLists.OnlyNew(key.Options, key.Written, current)];
        var (request, found) = await RequestAsync(db, room, node, key.Options, cancellationToken);
        return found is null
            ? []
            : CrowdedLists.Of(new RoomVariants(request).Of(found), key.Options, key.Written, RoomPersons.ByGuid(request.Legacy.Principals), current, room.NewNodeId is not null);
    }

    // Without the room where a newer scan took the place of this one between two readings.
    private static async Task<(PlanRequest Request, ChatNode? Room)> RequestAsync(PortalDbContext db, ScannedRoom room, int node, PlanOptions options, CancellationToken cancellationToken)
    {
        var (legacy, target) = await RoomInventory.LoadAsync(db, room.ScanId, node, cancellationToken);
        return (
            new PlanRequest(legacy, target, new HashSet<Guid>(), options, new Dictionary<Guid, string>(), new HashSet<Guid>()),
            legacy.Nodes.FirstOrDefault(x => x.NodeId == node));
    }

    private static async Task<IReadOnlyList<NewPerson>> NewRightsAsync(PortalDbContext db, ScannedRoom room, CancellationToken cancellationToken)
    {
        if (room.NewNodeId is not { } node)
            return [];
        // A room that was migrated since the scan stands beside the scan's rows, not among them.
        var rows = await db.Database.SqlQuery<NewRight>($"""
            WITH written AS (
                SELECT x.new_members, x.new_managers, x.new_presenters FROM portal.room_pair_properties x
                JOIN portal.room_pairs pair ON pair.scan_id = x.scan_id AND pair.room_id = x.room_id
                WHERE x.scan_id = {room.ScanId} AND pair.new_node_id = {node} AND x.new_members IS NOT NULL),
            held AS (
                SELECT unnest(new_members) AS guid, 'Member' AS type FROM written
                UNION ALL SELECT unnest(new_managers), 'Manager' FROM written
                UNION ALL SELECT unnest(new_presenters), 'Voiced' FROM written),
            named AS (
                SELECT DISTINCT ON (p.guid) p.guid, coalesce(nullif(p.display_name, ''), nullif(p.name, ''), p.uri) AS name, p.type AS kind
                FROM portal.inventory_principals p
                WHERE p.scan_id = {room.ScanId} AND p.guid IN (SELECT guid FROM held)
                ORDER BY p.guid, p.is_legacy, p.disabled, p.principal_id)
            SELECT h.guid AS "Guid", coalesce(n.name, h.guid::text) AS "Name", coalesce(n.kind, 'User') AS "Kind", h.type AS "RightName"
            FROM held h LEFT JOIN named n ON n.guid = h.guid
            UNION ALL
            SELECT p.guid AS "Guid", coalesce(nullif(p.display_name, ''), nullif(p.name, ''), p.uri) AS "Name", p.type AS "Kind", r.type AS "RightName"
            FROM portal.inventory_roles r
            JOIN portal.inventory_principals p ON p.scan_id = r.scan_id AND p.is_legacy = r.is_legacy AND p.principal_id = r.principal_id
            WHERE r.scan_id = {room.ScanId} AND NOT r.is_legacy AND r.node_id = {node} AND NOT EXISTS (SELECT 1 FROM written)
            """).ToListAsync(cancellationToken);
        return [.. rows.GroupBy(x => (x.Guid, x.Name, x.Kind)).Select(x => new NewPerson(x.Key.Guid, x.Key.Name, x.Key.Kind, [.. x.Select(y => y.RightName).Distinct().Order()]))];
    }

    private sealed record NewRight(Guid Guid, string Name, string Kind, string RightName);
}
