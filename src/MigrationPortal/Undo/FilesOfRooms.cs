using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine.Undo;

namespace MigrationPortal.Undo;

/// <summary>Which of the files that an undo deletes belong to which room: those that its messages link to, as the last scan read them.</summary>
internal static class FilesOfRooms
{
    /// <returns>By the room's guid; rooms without such files are not in it.</returns>
    public static async Task<IReadOnlyDictionary<Guid, (int Count, long Bytes)>> FindAsync(PortalDbContext db, long batchId, FilesToUndo files, CancellationToken cancellationToken)
    {
        var going = files.Going.Where(x => x.Sha256 is not null).ToList();
        if (going.Count == 0)
            return new Dictionary<Guid, (int, long)>();
        var found = await db.Database.SqlQuery<FilesOfRoom>($"""
            select linked.guid as "Room", count(*)::int as "Files", sum(going.length)::bigint as "Bytes"
            from unnest({going.ConvertAll(x => x.Path)}, {going.ConvertAll(x => x.Length)}) as going (path, length)
            join (
                select distinct n.guid, l.path from portal.batches b
                join portal.pool_pairs p on p.id = b.pool_pair_id
                join portal.inventory_file_links l on l.scan_id = p.current_scan_id
                join portal.inventory_nodes n on n.scan_id = l.scan_id and n.is_legacy and n.node_id = l.node_id
                where b.id = {batchId}) linked on linked.path = going.path
            group by linked.guid
            """).ToListAsync(cancellationToken);
        return found.ToDictionary(x => x.Room, x => (x.Files, x.Bytes));
    }

    private sealed record FilesOfRoom(Guid Room, int Files, long Bytes);
}
