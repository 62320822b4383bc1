using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Rooms;
using MigrationPortal.Runs;

namespace MigrationPortal.Overview;

/// <summary>How many rooms of a pool pair were verified on which day; a room counts once, and not after its undo.</summary>
internal sealed class ProgressQueries(IDbContextFactory<PortalDbContext> contexts)
{
    public async Task<IReadOnlyList<ProgressDay>> ListAsync(string poolPairId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Database.SqlQuery<ProgressDay>($"""
            SELECT v.at::date AS "Day", count(*) AS "Rooms", sum(v.messages)::bigint AS "Messages"
            FROM (
                SELECT min(t.finished_at) AT TIME ZONE 'UTC' AS at, max(t.verified_message_count) AS messages
                FROM portal.room_transfers t
                JOIN portal.runs r ON r.id = t.run_id
                JOIN portal.batches b ON b.id = r.batch_id
                WHERE b.pool_pair_id = {poolPairId} AND t.finished_at IS NOT NULL AND t.grade IS NOT NULL AND t.state IN ('Done', 'DoneWithFindings')
                GROUP BY t.room_id) v
            GROUP BY 1 ORDER BY 1
            """).ToListAsync(cancellationToken);
    }

    /// <summary>Rooms that stood in the new pool already: no run migrates them, so that none will verify them.</summary>
    public async Task<RoomCount> CountThereBeforeAsync(string poolPairId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await RoomSelection.Matching(db, new RoomFilter { PoolPairId = poolPairId, Comparisons = [Comparison.Same, Comparison.Accepted, Comparison.Different] })
            .Where(x => x.LegacyNodeId != null && !x.IsVanished && !RunQueries.Transfers(db).Any(moved => moved.RoomId == x.RoomId))
            .GroupBy(_ => 1)
            .Select(g => new RoomCount(Comparison.Same, g.LongCount(), g.Sum(x => x.LegacyMessageCount ?? 0)))
            .SingleOrDefaultAsync(cancellationToken) ?? new RoomCount(Comparison.Same, 0, 0);
    }
}
