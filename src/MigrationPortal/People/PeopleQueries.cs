using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Data;

namespace MigrationPortal.People;

/// <summary>The people, groups and units of both pools, one line for each guid: who is affected by the migration.</summary>
internal sealed class PeopleQueries(IDbContextFactory<PortalDbContext> contexts)
{
    public async Task<Page<PersonRow>> ListAsync(PeopleFilter filter, Paging paging, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = Marked(Everybody(db, filter), filter.Mark);
        var total = await rows.LongCountAsync(cancellationToken);
        var items = await rows.OrderBy(x => x.Name).ThenBy(x => x.Guid).Skip(paging.Skip).Take(paging.Take).ToListAsync(cancellationToken);
        return new(total, items);
    }

    public async Task<PersonRow?> FindAsync(string poolPairId, Guid guid, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Everybody(db, new PeopleFilter(poolPairId)).FirstOrDefaultAsync(x => x.Guid == guid, cancellationToken);
    }

    public async Task<PeopleCounts> CountAsync(PeopleFilter filter, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var everybody = Everybody(db, filter);
        var counts = new Dictionary<PersonMark, long>();
        foreach (var mark in Enum.GetValues<PersonMark>()) counts[mark] = await Marked(everybody, mark).LongCountAsync(cancellationToken);
        return new(await everybody.LongCountAsync(cancellationToken), counts);
    }

    /// <summary>In how many legacy rooms each has a right of his own or wrote something.</summary>
    public async Task<IReadOnlyDictionary<Guid, long>> CountRoomsAsync(string poolPairId, IReadOnlyList<Guid> people, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Database.SqlQuery<RoomsOf>($"""
            WITH me AS (
                SELECT p.guid, p.scan_id, p.principal_id FROM portal.inventory_principals p
                JOIN portal.pool_pairs pp ON pp.current_scan_id = p.scan_id AND pp.id = {poolPairId}
                WHERE p.is_legacy AND p.guid = ANY({people})),
            places AS (
                SELECT me.guid, r.node_id FROM me JOIN portal.inventory_roles r ON r.scan_id = me.scan_id AND r.is_legacy AND r.principal_id = me.principal_id
                JOIN portal.inventory_nodes n ON n.scan_id = r.scan_id AND n.is_legacy AND n.node_id = r.node_id AND NOT n.is_category
                UNION
                SELECT me.guid, m.node_id FROM portal.inventory_messages m CROSS JOIN LATERAL unnest(m.authors) AS a (id)
                JOIN me ON me.scan_id = m.scan_id AND me.principal_id = a.id
                WHERE m.is_legacy AND m.scan_id = (SELECT min(scan_id) FROM me))
            SELECT guid AS "Guid", count(*) AS "Rooms" FROM places GROUP BY guid
            """).ToDictionaryAsync(x => x.Guid, x => x.Rooms, cancellationToken);
    }

    private static IQueryable<PersonRow> Everybody(PortalDbContext db, PeopleFilter filter)
    {
        var pattern = $"%{Like.Escape(filter.Search ?? "")}%";
        return db.Database.SqlQuery<PersonRow>($"""
            WITH people AS (
                SELECT p.guid, min(coalesce(nullif(p.display_name, ''), nullif(p.name, ''), p.uri)) AS name, min(p.uri) AS uri, min(p.type) AS kind,
                    bool_or(p.is_legacy) AS is_legacy, bool_or(NOT p.is_legacy) AS is_new, max(p.disabled) AS state
                FROM portal.inventory_principals p
                JOIN portal.pool_pairs pp ON pp.current_scan_id = p.scan_id AND pp.id = {filter.PoolPairId}
                GROUP BY p.guid),
            marked AS (SELECT *, count(*) OVER (PARTITION BY lower(name), kind) AS same_names FROM people),
            changes AS (
                SELECT c.principal, count(*) FILTER (WHERE c.after AND NOT c.before) AS gains, count(*) FILTER (WHERE c.before AND NOT c.after) AS losses
                FROM portal.plan_right_changes c
                WHERE c.plan_id IN (
                    SELECT max(p.id) FROM portal.batch_plans p JOIN portal.batches b ON b.id = p.batch_id
                    WHERE b.pool_pair_id = {filter.PoolPairId} AND b.state NOT IN ('Cancelled', 'Undone') GROUP BY p.batch_id)
                GROUP BY c.principal)
            SELECT m.guid AS "Guid", m.name AS "Name", m.uri AS "Uri", m.kind AS "Kind", m.is_legacy AS "IsLegacy", m.is_new AS "IsNew", m.state AS "State",
                m.same_names AS "SameNames", coalesce(c.gains, 0) AS "Gains", coalesce(c.losses, 0) AS "Losses"
            FROM marked m LEFT JOIN changes c ON c.principal = m.guid
            WHERE m.name ILIKE {pattern} OR m.uri ILIKE {pattern}
            """);
    }

    private static IQueryable<PersonRow> Marked(IQueryable<PersonRow> rows, PersonMark? mark) => mark switch
    {
        PersonMark.Federated => rows.Where(x => x.Kind == "ExternalUser" || x.Kind == "FederatedUser" || x.Kind == "FederatedGroup"),
        PersonMark.Disabled => rows.Where(x => x.State == 1),
        PersonMark.Gone => rows.Where(x => x.State == 2),
        PersonMark.SameName => rows.Where(x => x.SameNames > 1),
        PersonMark.Gains => rows.Where(x => x.Gains > 0),
        PersonMark.Loses => rows.Where(x => x.Losses > 0),
        _ => rows,
    };

    private sealed record RoomsOf(Guid Guid, long Rooms);
}
