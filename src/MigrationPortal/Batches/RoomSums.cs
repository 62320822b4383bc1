using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using MigrationPortal.Data;
using MigrationPortal.PoolPairs;
using MigrationPortal.Rooms;

namespace MigrationPortal.Batches;

/// <summary>
/// How many rooms a batch has, and how many messages they had at the last scan. Both follow from the batch's version, which every edit
/// of its rooms takes forward, and from the scan: a batch of a whole pool is summed up once for each, not with every list that shows it.
/// </summary>
internal sealed class RoomSums : IBatchFigures, IDisposable
{
    // A few hundred bytes each.
    private const int MostKept = 10_000;

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MostKept });

    public async Task AddAsync(PortalDbContext db, IReadOnlyList<BatchRow> rows, CancellationToken cancellationToken)
    {
        var ids = rows.Select(x => x.Id).ToList();
        var known = new Dictionary<long, Sums>();
        foreach (var key in await Keys(db, ids).ToListAsync(cancellationToken))
        {
            if (_kept.TryGetValue(key, out Sums? sums))
                known[key.BatchId] = sums!;
        }

        ids.RemoveAll(known.ContainsKey);
        // Each with the key that its own statement saw: rooms and version belong together.
        foreach (var sums in ids.Count == 0 ? [] : await SumUp(db, ids).ToListAsync(cancellationToken))
            known[sums.Key.BatchId] = _kept.Set(sums.Key, sums, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = TimeSpan.FromHours(1) });
        foreach (var row in rows.Where(x => known.ContainsKey(x.Id)))
            (row.RoomCount, row.MessageCount) = (known[row.Id].Rooms, known[row.Id].Messages);
    }

    public void Dispose() => _kept.Dispose();

    private static IQueryable<Key> Keys(PortalDbContext db, List<long> ids) =>
        from batch in db.Set<Batch>()
        where ids.Contains(batch.Id)
        select new Key(batch.Id, batch.Version, PoolPairQueries.CurrentScans(db).Where(x => x.PoolPairId == batch.PoolPairId).Select(x => (long?)x.ScanId).FirstOrDefault());

    private static IQueryable<Sums> SumUp(PortalDbContext db, List<long> ids) =>
        from batch in db.Set<Batch>()
        where ids.Contains(batch.Id)
        select new Sums(
            new Key(batch.Id, batch.Version, PoolPairQueries.CurrentScans(db).Where(x => x.PoolPairId == batch.PoolPairId).Select(x => (long?)x.ScanId).FirstOrDefault()),
            db.Set<BatchRoom>().Count(x => x.BatchId == batch.Id),
            (from inBatch in db.Set<BatchRoom>()
             join room in RoomQueries.Pairs(db) on inBatch.RoomId equals room.RoomId
             join scan in PoolPairQueries.CurrentScans(db) on room.ScanId equals scan.ScanId
             where inBatch.BatchId == batch.Id && scan.PoolPairId == batch.PoolPairId
             select room.LegacyMessageCount).Sum() ?? 0);

    private sealed record Key(long BatchId, int Version, long? ScanId);

    private sealed record Sums(Key Key, int Rooms, long Messages);
}
