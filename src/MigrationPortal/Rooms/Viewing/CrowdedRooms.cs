using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Rooms.Viewing;

/// <summary>Crowded rooms of whose people no list is kept any more that still holds.</summary>
internal sealed class CrowdedRooms(IDbContextFactory<PortalDbContext> contexts, PoolPairQueries pairs)
{
    /// <summary>Pool pairs in which somebody who opens a crowded room would have to wait until its people are worked out.</summary>
    public async Task<IReadOnlyList<string>> ListStalePairsAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        List<string> stale = [];
        foreach (var pair in await pairs.ListAsync(cancellationToken))
        {
            if ((await StaleAsync(db, pair, cancellationToken)).Count > 0)
                stale.Add(pair.Id);
        }

        return stale;
    }

    /// <summary>Rooms of whose people no list is kept that these options give, or only as they were before something was written to the new room.</summary>
    public async Task<IReadOnlyList<long>> ListStaleAsync(string poolPairId, CancellationToken cancellationToken)
    {
        if (await pairs.FindAsync(poolPairId, cancellationToken) is not { } pair)
            return [];
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await StaleAsync(db, pair, cancellationToken);
    }

    // At most MostLines / Crowd = 200 rooms of a scan are kept, with a few lists each.
    private static async Task<IReadOnlyList<long>> StaleAsync(PortalDbContext db, PoolPair pair, CancellationToken cancellationToken)
    {
        var kept = await db.Database.SqlQuery<KeptList>($"""
            SELECT part.room_id AS "RoomId", part.version AS "Version", x.xmin::text AS "Written" FROM portal.room_people part
            JOIN portal.room_pairs pair ON pair.scan_id = part.scan_id AND pair.room_id = part.room_id
            LEFT JOIN portal.room_pair_properties x ON x.scan_id = part.scan_id AND x.room_id = part.room_id AND x.new_members IS NOT NULL AND pair.new_node_id IS NOT NULL
            WHERE part.scan_id = {pair.CurrentScanId} AND part.part = 0
            """).ToListAsync(cancellationToken);
        return [.. kept.GroupBy(x => x.RoomId).Where(room => !room.Any(x => PeopleVersion.Holds(x.Version, pair.Options, x.Written))).Select(x => x.Key).Order()];
    }

    private sealed record KeptList(long RoomId, string Version, string? Written);
}
