using System.Data;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;

namespace MigrationPortal.Batches;

public enum BatchSort
{
    Newest,
    Name,
    Author,
    Changed,
}

/// <param name="States">Null shows all.</param>
internal sealed record BatchFilter(
    string? PoolPairId = null, IReadOnlyCollection<BatchState>? States = null, string? Search = null, BatchSort Sort = BatchSort.Newest, bool Descending = false);

/// <summary>Lists of batches: one statement, and one for what is summed up and what each later feature adds; nothing is counted in memory.</summary>
internal sealed class BatchQueries(IDbContextFactory<PortalDbContext> databases, IEnumerable<IBatchFigures> figures)
{
    private const int Part = 200;

    /// <param name="progress">Whether it is asked how far their reviews and runs have come.</param>
    public async Task<Page<BatchRow>> ListAsync(BatchFilter filter, Paging paging, CancellationToken cancellationToken, bool progress = true)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var batches = Filtered(db, filter);
        var total = await batches.LongCountAsync(cancellationToken);
        return new(total, await ReadAsync(db, Ordered(db, batches, filter).Skip(paging.Skip).Take(paging.Take), cancellationToken, progress));
    }

    /// <summary>All that match, as they are at one moment, read in parts.</summary>
    public async IAsyncEnumerable<BatchRow> StreamAsync(BatchFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var ids = await Ordered(db, Filtered(db, filter), filter).Select(x => x.Id).ToListAsync(cancellationToken);
        foreach (var part in ids.Chunk(Part))
        {
            var rows = (await ReadAsync(db, db.Set<Batch>().AsNoTracking().Where(x => part.Contains(x.Id)), cancellationToken)).ToDictionary(x => x.Id);
            foreach (var id in part.Where(rows.ContainsKey))
                yield return rows[id];
        }
    }

    public async Task<BatchRow?> FindAsync(long batchId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return (await ReadAsync(db, db.Set<Batch>().Where(x => x.Id == batchId), cancellationToken)).FirstOrDefault();
    }

    /// <summary>Those of these that are there, at most a page of them, within the caller's transaction.</summary>
    public async Task<IReadOnlyList<BatchRow>> ListAsync(PortalDbContext db, IReadOnlyCollection<long> batchIds, CancellationToken cancellationToken)
    {
        var ids = batchIds.ToArray();
        return await ReadAsync(db, db.Set<Batch>().AsNoTracking().Where(x => ids.Contains(x.Id)), cancellationToken);
    }

    public async Task<IReadOnlyDictionary<BatchState, int>> CountStatesAsync(string? poolPairId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Filtered(db, new BatchFilter(poolPairId))
            .GroupBy(x => x.State)
            .Select(x => new { State = x.Key, Count = x.Count() })
            .ToDictionaryAsync(x => x.State, x => x.Count, cancellationToken);
    }

    /// <summary>Rooms of each of these batches, in id order.</summary>
    /// <param name="most">Of one batch: a list of fifty batches may have a pool's rooms many times over.</param>
    public async Task<ILookup<long, long>> RoomIdsAsync(IReadOnlyCollection<long> batchIds, CancellationToken cancellationToken, int most = int.MaxValue)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var ids = batchIds.ToArray();
        var rooms = await db.Database.SqlQuery<RoomOfBatch>($"""
            select b.id as "BatchId", held.room_id as "RoomId" from unnest({ids}) b (id)
            cross join lateral (select r.room_id from portal.batch_rooms r where r.batch_id = b.id order by r.room_id limit {most}) held
            """).ToListAsync(cancellationToken);
        return rooms.ToLookup(x => x.BatchId, x => x.RoomId);
    }

    private static IQueryable<Batch> Filtered(PortalDbContext db, BatchFilter filter)
    {
        var batches = db.Set<Batch>().AsNoTracking();
        if (filter.PoolPairId is { } pair)
            batches = batches.Where(x => x.PoolPairId == pair);
        if (filter.States is { } states)
            batches = batches.Where(x => states.Contains(x.State));
        if (!string.IsNullOrWhiteSpace(filter.Search))
        {
            var search = filter.Search.Trim();
            batches = batches.Where(x => SearchText.Contains(x.Name, search) || SearchText.Contains(x.Author, search));
        }

        return batches;
    }

    private static IQueryable<Batch> Ordered(PortalDbContext db, IQueryable<Batch> batches, BatchFilter filter) => filter.Sort switch
    {
        BatchSort.Name => By(batches, x => x.Name, filter.Descending),
        BatchSort.Author => By(batches, x => x.Author, filter.Descending),
        BatchSort.Changed => By(batches, x => db.Set<BatchEvent>().Where(e => e.BatchId == x.Id).Max(e => (long?)e.Id), filter.Descending),
        _ => batches.OrderByDescending(x => x.Id),
    };

    private static IOrderedQueryable<Batch> By<T>(IQueryable<Batch> batches, Expression<Func<Batch, T>> key, bool descending) =>
        (descending ? batches.OrderByDescending(key) : batches.OrderBy(key)).ThenByDescending(x => x.Id);

    private async Task<List<BatchRow>> ReadAsync(PortalDbContext db, IQueryable<Batch> batches, CancellationToken cancellationToken, bool progress = true)
    {
        var rows = await Rows(db, batches).ToListAsync(cancellationToken);
        foreach (var figure in rows.Count == 0 ? [] : figures.Where(x => progress || !x.AreProgress))
            await figure.AddAsync(db, rows, cancellationToken);
        return rows;
    }

    private static IQueryable<BatchRow> Rows(PortalDbContext db, IQueryable<Batch> batches) =>
        from batch in batches
        select new BatchRow
        {
            Id = batch.Id,
            PoolPairId = batch.PoolPairId,
            Name = batch.Name,
            State = batch.State,
            Author = batch.Author,
            CreatedAt = batch.CreatedAt,
            Version = batch.Version,
            Fingerprint = batch.Fingerprint,
            ApprovedFingerprint = batch.ApprovedFingerprint,
            BlockerCount = db.Set<BatchFinding>().Count(x => x.BatchId == batch.Id && x.Severity == Severity.Blocker),
            OpenWarningCount = db.Set<BatchFinding>().Count(x => x.BatchId == batch.Id && x.Severity == Severity.Warning && x.AcknowledgedBy == null),
            ChangedAt = db.Set<BatchEvent>().Where(x => x.BatchId == batch.Id).Max(x => (DateTimeOffset?)x.At) ?? batch.CreatedAt,
        };

    private sealed record RoomOfBatch(long BatchId, long RoomId);
}
