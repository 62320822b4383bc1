using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Rooms;

namespace MigrationPortal.Batches.Importing;

/// <summary>What a row says a room by.</summary>
/// <param name="Category">As the inventory writes it.</param>
internal sealed record WantedRoom(int Row, long? Id, Guid? Guid, string? Category, string? Name);

/// <param name="Matches">How many rooms the row may mean; the rest is of the only one.</param>
/// <param name="Unfit">As <see cref="RowVerdict"/>; null when nothing about the room itself speaks against it.</param>
internal sealed record FoundRoom(int Row, long Matches, long? RoomId, string? Room, string? Category, string? Unfit, long? BatchId, string? BatchName);

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
        return db.Database.SqlQuery<FoundRoom>($"""
            WITH wanted AS (SELECT * FROM unnest({rows}, {ids}, {guids}, {categories}, {names}) AS w (row, id, guid, category, name)),
            seen AS MATERIALIZED (
                SELECT r.id, r.guid, rp.category, rp.legacy_name, coalesce(rp.legacy_name, rp.new_name, r.guid::text) AS name,
                    CASE
                        WHEN rp.is_vanished THEN 'Vanished'
                        WHEN rp.legacy_node_id IS NULL THEN 'OnlyNew'
                        WHEN rp.comparison = 'Same' THEN 'Same'
                        WHEN rp.comparison = 'Accepted' THEN 'Accepted'
                        WHEN r.left_out_by IS NOT NULL THEN 'Excluded'
                    END AS unfit
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
            SELECT f.row AS "Row", f.matches AS "Matches", s.id AS "RoomId", s.name AS "Room", s.category AS "Category", s.unfit AS "Unfit", b.id AS "BatchId", b.name AS "BatchName"
            FROM found f
            LEFT JOIN seen s ON s.id = f.id AND f.matches = 1
            LEFT JOIN portal.batch_rooms br ON br.room_id = s.id AND br.is_open
            LEFT JOIN portal.batches b ON b.id = br.batch_id
            ORDER BY f.row
            """).ToListAsync(cancellationToken);
    }
}
