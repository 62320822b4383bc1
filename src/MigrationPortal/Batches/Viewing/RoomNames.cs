using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Batches.Viewing;

/// <summary>Names of rooms for timelines: the first five and how many more.</summary>
internal static class RoomNames
{
    private const int Named = 5;

    /// <summary>Each room's name, worded as the list of one.</summary>
    public static async Task<Dictionary<long, Wording>> EachAsync(PortalDbContext db, string poolPairId, long[] roomIds, CancellationToken cancellationToken)
    {
        var names = await db.Database.SqlQuery<RoomName>($"""
            SELECT r.id AS "Id", coalesce(rp.legacy_name, rp.new_name, r.guid::text) AS "Name"
            FROM portal.rooms r
            JOIN portal.pool_pairs p ON p.id = {poolPairId}
            LEFT JOIN portal.room_pairs rp ON rp.scan_id = p.current_scan_id AND rp.room_id = r.id
            WHERE r.id = ANY ({roomIds})
            """).ToListAsync(cancellationToken);
        return names.ToDictionary(x => x.Id, x => new Wording("List.All", (IReadOnlyList<string>)[x.Name]));
    }

    public static async Task<Wording> ListAsync(PortalDbContext db, string poolPairId, long[] roomIds, CancellationToken cancellationToken)
    {
        var names = await db.Database.SqlQuery<string>($"""
            SELECT coalesce(rp.legacy_name, rp.new_name, r.guid::text) AS "Value"
            FROM portal.rooms r
            JOIN portal.pool_pairs p ON p.id = {poolPairId}
            LEFT JOIN portal.room_pairs rp ON rp.scan_id = p.current_scan_id AND rp.room_id = r.id
            WHERE r.id = ANY ({roomIds})
            ORDER BY rp.category, rp.legacy_name, r.id
            LIMIT {Named}
            """).ToListAsync(cancellationToken);
        return roomIds.Length > Named ? new("List.AndMore", roomIds.Length - Named, names) : new("List.All", names);
    }

    private sealed record RoomName(long Id, string Name);
}
