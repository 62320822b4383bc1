using Microsoft.EntityFrameworkCore;
using MigrationPortal.Administration;
using MigrationPortal.Api;
using MigrationPortal.Batches;
using MigrationPortal.Data;

namespace MigrationPortal.Rooms;

internal sealed class RoomQueries(IDbContextFactory<PortalDbContext> contexts)
{
    public async Task<IReadOnlyList<RoomRow>> ListAsync(RoomFilter filter, Paging paging, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await RoomSelection.Of(db, filter.PoolPairId).AsNoTracking().Where(filter).OrderedBy(filter)
            .Skip(paging.Skip).Take(paging.Take)
            .Select(x => new { x.Pair, x.Room, BatchId = (long?)x.Batch!.Id, BatchName = (string?)x.Batch!.Name })
            .ToListAsync(cancellationToken);
        return [.. rows.Select(x => RoomRows.Of(x.Pair, x.Room, x.BatchId, x.BatchName))];
    }

    public async Task<IReadOnlyList<RoomCount>> CountAsync(RoomFilter filter, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await RoomSelection.Of(db, filter.PoolPairId).WhereIgnoringComparison(filter)
            .GroupBy(x => x.Pair.Comparison)
            .Select(g => new RoomCount(g.Key, g.LongCount(), g.Sum(x => x.Pair.LegacyMessageCount ?? 0)))
            .ToListAsync(cancellationToken);
    }

    /// <summary>All that match, for "select all": at most a pool's rooms, about 33 000 numbers.</summary>
    public async Task<IReadOnlyList<long>> ListIdsAsync(RoomFilter filter, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await RoomSelection.Of(db, filter.PoolPairId).Where(filter).Select(x => x.Pair.RoomId).ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<string>> ListCategoriesAsync(string poolPairId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await (
            from pool in db.Set<PoolPair>()
            join pair in db.Set<RoomPair>() on pool.CurrentScanId equals pair.ScanId
            where pool.Id == poolPairId
            select pair.Category).Distinct().OrderBy(x => x).ToListAsync(cancellationToken);
    }

    /// <summary>The pair's batches that still hold rooms, newest first.</summary>
    public async Task<IReadOnlyList<BatchChoice>> ListBatchesAsync(string poolPairId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<Batch>().Where(batch => batch.PoolPairId == poolPairId)
            .OrderByDescending(batch => batch.Id)
            .Select(batch => new BatchChoice(batch.Id, batch.Name, batch.State.ToString(), db.Set<BatchRoom>().LongCount(x => x.BatchId == batch.Id && x.IsOpen)))
            .ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyDictionary<Place, RoomCount>> CountByPlaceAsync(string poolPairId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var counts = new Dictionary<Place, RoomCount>();
        foreach (var place in Enum.GetValues<Place>())
        {
            var rooms = RoomSelection.At(RoomSelection.Of(db, poolPairId), place);
            counts[place] = await rooms.GroupBy(_ => 1)
                .Select(g => new RoomCount(Comparison.OnlyLegacy, g.LongCount(), g.Sum(x => x.Pair.LegacyMessageCount ?? 0)))
                .FirstOrDefaultAsync(cancellationToken) ?? new RoomCount(Comparison.OnlyLegacy, 0, 0);
        }

        return counts;
    }

    public async Task<RoomView?> FindAsync(long roomId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var poolPairId = await db.Set<Room>().Where(x => x.Id == roomId).Select(x => x.PoolPairId).FirstOrDefaultAsync(cancellationToken);
        if (poolPairId is null)
            return null;
        var found = await RoomSelection.Of(db, poolPairId).AsNoTracking().Where(x => x.Pair.RoomId == roomId)
            .Select(x => new { x.Pair, x.Room, BatchId = (long?)x.Batch!.Id, BatchName = (string?)x.Batch!.Name })
            .FirstOrDefaultAsync(cancellationToken);
        return found is null
            ? null
            : new RoomView
            {
                PoolPairId = poolPairId,
                ScanId = found.Pair.ScanId,
                LegacyNodeId = found.Pair.LegacyNodeId,
                NewNodeId = found.Pair.NewNodeId,
                Row = RoomRows.Of(found.Pair, found.Room, found.BatchId, found.BatchName),
                Properties = found.Pair.Properties,
            };
    }
}
