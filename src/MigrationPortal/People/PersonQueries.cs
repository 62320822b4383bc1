using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Data;

namespace MigrationPortal.People;

/// <summary>One principal with all its rooms, before and after.</summary>
internal sealed class PersonQueries(IDbContextFactory<PortalDbContext> contexts, PeopleQueries people, IPlannedRights planned)
{
    /// <returns>Null when the pair's last scan knows no such guid.</returns>
    public async Task<PersonView?> FindAsync(string poolPairId, Guid guid, Paging places, Paging changes, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await people.FindAsync(poolPairId, guid, cancellationToken) is not { } row)
            return null;
        var sides = await SidesAsync(db, poolPairId, guid, cancellationToken);
        var groups = await db.Database.SqlQuery<string>($"""
            SELECT DISTINCT coalesce(nullif(g.display_name, ''), nullif(g.name, ''), g.uri) AS "Value"
            FROM portal.inventory_principals p
            JOIN portal.pool_pairs pp ON pp.current_scan_id = p.scan_id AND pp.id = {poolPairId}
            JOIN portal.inventory_affiliations a ON a.scan_id = p.scan_id AND a.is_legacy = p.is_legacy AND a.principal_id = p.principal_id
            JOIN portal.inventory_principals g ON g.scan_id = a.scan_id AND g.is_legacy = a.is_legacy AND g.principal_id = a.affiliation_id AND g.guid <> p.guid
            WHERE p.guid = {guid}
            """).OrderBy(x => x).ToListAsync(cancellationToken);
        return new(row, sides, groups, await planned.ListAsync(db, poolPairId, guid, changes, cancellationToken), await PlacesAsync(db, poolPairId, guid, places, cancellationToken));
    }

    private static Task<List<PersonSide>> SidesAsync(PortalDbContext db, string poolPairId, Guid guid, CancellationToken cancellationToken) => db.Database.SqlQuery<PersonSide>($"""
        SELECT p.is_legacy AS "IsLegacy", p.principal_id AS "PrincipalId", coalesce(nullif(p.display_name, ''), nullif(p.name, ''), p.uri) AS "Name", p.uri AS "Uri",
            p.email AS "Email", p.directory_path AS "Path", p.type AS "Kind", p.disabled AS "State", p.verified_on AS "VerifiedOn"
        FROM portal.inventory_principals p
        JOIN portal.pool_pairs pp ON pp.current_scan_id = p.scan_id AND pp.id = {poolPairId}
        WHERE p.guid = {guid} ORDER BY p.is_legacy DESC, p.principal_id
        """).ToListAsync(cancellationToken);

    private static async Task<Page<PersonPlace>> PlacesAsync(PortalDbContext db, string poolPairId, Guid guid, Paging paging, CancellationToken cancellationToken)
    {
        var places = db.Database.SqlQuery<PlaceRow>($"""
            WITH me AS (
                SELECT p.scan_id, p.is_legacy, p.principal_id FROM portal.inventory_principals p
                JOIN portal.pool_pairs pp ON pp.current_scan_id = p.scan_id AND pp.id = {poolPairId} WHERE p.guid = {guid}),
            holders AS (
                SELECT me.scan_id, me.is_legacy, me.principal_id, '' AS through FROM me
                UNION
                SELECT g.scan_id, g.is_legacy, g.principal_id, coalesce(nullif(g.display_name, ''), nullif(g.name, ''), g.uri)
                FROM me JOIN portal.inventory_affiliations a ON a.scan_id = me.scan_id AND a.is_legacy = me.is_legacy AND a.principal_id = me.principal_id AND a.affiliation_id <> me.principal_id
                JOIN portal.inventory_principals g ON g.scan_id = a.scan_id AND g.is_legacy = a.is_legacy AND g.principal_id = a.affiliation_id),
            held AS (
                SELECT r.scan_id, r.is_legacy, r.node_id, false AS wrote, r.type || '|' || h.through AS line
                FROM holders h JOIN portal.inventory_roles r ON r.scan_id = h.scan_id AND r.is_legacy = h.is_legacy AND r.principal_id = h.principal_id
                UNION ALL
                SELECT m.scan_id, m.is_legacy, m.node_id, true, NULL
                FROM me JOIN portal.inventory_messages m ON m.scan_id = me.scan_id AND m.is_legacy = me.is_legacy AND me.principal_id = ANY(m.authors))
            SELECT n.guid AS "Guid", coalesce(min(n.name) FILTER (WHERE n.is_legacy), min(n.name)) AS "Name", bool_or(n.is_category) AS "IsCategory", coalesce(min(pair.category), '') AS "Category", min(r.id)::text AS "RoomId", bool_or(held.wrote) AS "Wrote",
                array_agg(DISTINCT held.line ORDER BY held.line) FILTER (WHERE n.is_legacy AND held.line IS NOT NULL) AS "Legacy", array_agg(DISTINCT held.line ORDER BY held.line) FILTER (WHERE NOT n.is_legacy AND held.line IS NOT NULL) AS "New"
            FROM held JOIN portal.inventory_nodes n ON n.scan_id = held.scan_id AND n.is_legacy = held.is_legacy AND n.node_id = held.node_id
            LEFT JOIN portal.rooms r ON r.pool_pair_id = {poolPairId} AND r.guid = n.guid
            LEFT JOIN portal.room_pairs pair ON pair.scan_id = n.scan_id AND pair.room_id = r.id
            GROUP BY n.guid
            """);
        var total = await places.LongCountAsync(cancellationToken);
        var items = await places.OrderByDescending(x => x.IsCategory).ThenBy(x => x.Category).ThenBy(x => x.Name).ThenBy(x => x.Guid).Skip(paging.Skip).Take(paging.Take).ToListAsync(cancellationToken);
        return new(total, [.. items.Select(x => new PersonPlace(x.Guid, x.Name, x.IsCategory, x.Category, x.RoomId, x.Wrote, Rights(x.Legacy), Rights(x.New)))]);
    }

    private static List<PlaceRight> Rights(string[]? lines) => [.. (lines ?? [])
        .Select(line => line.Split('|', 2)).Select(x => new PlaceRight(x[0], x[1].Length == 0 ? null : x[1]))];

    /// <param name="Legacy">Lines of <c>Right|Group</c>; the group is empty where the right is the person's own.</param>
    /// <param name="New">The same in the new pool.</param>
    private sealed record PlaceRow(Guid Guid, string Name, bool IsCategory, string Category, string? RoomId, bool Wrote, string[]? Legacy, string[]? New);
}
