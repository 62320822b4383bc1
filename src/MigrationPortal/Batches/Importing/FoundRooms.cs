using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Rooms;
using MigrationPortal.Rooms.Choosing;

namespace MigrationPortal.Batches.Importing;

/// <summary>What a row says a room by.</summary>
/// <param name="Category">As the inventory writes it.</param>
internal sealed record WantedRoom(int Row, long? Id, Guid? Guid, string? Category, string? Name);

/// <param name="Matches">How many rooms the row may mean; the rest is of the only one.</param>
/// <param name="BatchId">The open batch that has the room.</param>
internal sealed record FoundRoom(int Row, long Matches, long? RoomId, string? Room, string? Category, RoomFit? Fit, long? BatchId, string? BatchName);

/// <summary>Finds all rows' rooms in the current scan by one statement: a file may have as many rows as a pool has rooms.</summary>
internal static class FoundRooms
{
    /// <summary>The categories that a file may mean by a text: as the inventory writes them, or as people read them.</summary>
    public static async Task<ILookup<string, string>> CategoriesAsync(PortalDbContext db, string poolPairId, CancellationToken cancellationToken)
    {
        var paths = await RoomSelection.Of(db, poolPairId).Select(x => x.Category).Distinct().ToListAsync(cancellationToken);
        return paths.SelectMany(path => new[] { (Text: path, Path: path), (Text: CategoryPaths.Display(path), Path: path) }).Distinct().ToLookup(x => x.Text, x => x.Path, StringComparer.Ordinal);
    }

    public static Task<List<FoundRoom>> FindAsync(PortalDbContext db, string poolPairId, IReadOnlyList<WantedRoom> wanted, CancellationToken cancellationToken)
    {
        var (rows, ids, guids) = (wanted.Select(x => x.Row).ToArray(), wanted.Select(x => x.Id).ToArray(), wanted.Select(x => x.Guid).ToArray());
        var (categories, names) = (wanted.Select(x => x.Category).ToArray(), wanted.Select(x => x.Name).ToArray());
        var matches = db.Database.SqlQuery<Match>($"""
            WITH wanted AS (SELECT * FROM unnest({rows}, {ids}, {guids}, {categories}, {names}) AS w (row, id, guid, category, name)),
            seen AS MATERIALIZED (
                SELECT r.id, r.guid, rp.category, rp.legacy_name
                FROM portal.rooms r
                JOIN portal.pool_pairs p ON p.id = r.pool_pair_id
                JOIN portal.room_pairs rp ON rp.scan_id = p.current_scan_id AND rp.room_id = r.id
                WHERE r.pool_pair_id = {poolPairId}),
            by_name AS (SELECT legacy_name, count(*) AS matches, min(id) AS id FROM seen GROUP BY legacy_name),
            by_place AS (SELECT category, legacy_name, count(*) AS matches, min(id) AS id FROM seen GROUP BY category, legacy_name),
            found AS (
                SELECT w.row, coalesce(i.id, g.id, n.id, c.id) AS id,
                    CASE WHEN i.id IS NOT NULL OR g.id IS NOT NULL THEN 1 ELSE coalesce(n.matches, c.matches, 0) END AS matches
                FROM wanted w
                LEFT JOIN seen i ON i.id = w.id
                LEFT JOIN seen g ON w.id IS NULL AND g.guid = w.guid
                LEFT JOIN by_name n ON w.id IS NULL AND w.guid IS NULL AND w.category IS NULL AND n.legacy_name = w.name
                LEFT JOIN by_place c ON w.id IS NULL AND w.guid IS NULL AND c.category = w.category AND c.legacy_name = w.name)
            SELECT row AS "Row", matches AS "Matches", CASE WHEN matches = 1 THEN id END AS "RoomId" FROM found
            """);
        return (
            from match in matches
            join room in RoomFits.Name(db, RoomSelection.Of(db, poolPairId), RoomStep.Add) on match.RoomId equals (long?)room.RoomId into rooms
            from room in rooms.DefaultIfEmpty()
            orderby match.Row
            select new FoundRoom(match.Row, match.Matches, (long?)room.RoomId, room.Name, room.Category, (RoomFit?)room.Fit, room.BatchId, room.BatchName)).ToListAsync(cancellationToken);
    }

    private sealed record Match(int Row, long Matches, long? RoomId);
}
