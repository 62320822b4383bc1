using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Runs.Watching;

namespace MigrationPortal.Runs;

/// <param name="Batch">The batch's state, which later work changes.</param>
/// <param name="IsLatest">No later run of the batch began.</param>
internal sealed record RunStanding(BatchState Batch, bool IsLatest);

internal sealed class RunQueries(IDbContextFactory<PortalDbContext> databases)
{
    /// <summary>Every run, for other queries to join.</summary>
    public static IQueryable<Run> All(PortalDbContext db) => db.Set<Run>().AsNoTracking();

    /// <summary>Every room of every run, for other queries to join.</summary>
    public static IQueryable<RoomTransfer> Transfers(PortalDbContext db) => db.Set<RoomTransfer>().AsNoTracking();

    /// <summary>The rooms of the latest run of a batch; none before it ran.</summary>
    public static IQueryable<RoomTransfer> LatestTransfers(PortalDbContext db, long batchId) =>
        Transfers(db).Where(x => x.RunId == db.Set<Run>().Where(run => run.BatchId == batchId).Max(run => (long?)run.Id));

    public async Task<RunView?> FindAsync(long runId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Views(db, db.Set<Run>().Where(x => x.Id == runId)).FirstOrDefaultAsync(cancellationToken);
    }

    public async Task<RunView?> FindLatestAsync(long batchId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Views(db, db.Set<Run>().Where(x => x.BatchId == batchId).OrderByDescending(x => x.Id).Take(1)).FirstOrDefaultAsync(cancellationToken);
    }

    /// <param name="poolPairId">Null: of all pairs.</param>
    /// <param name="batchId">Null: of all batches.</param>
    public async Task<Page<RunView>> ListAsync(string? poolPairId, long? batchId, Paging paging, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var runs = Of(db, poolPairId, batchId);
        var total = await runs.LongCountAsync(cancellationToken);
        return new(total, await Views(db, runs.OrderByDescending(x => x.Id).Skip(paging.Skip).Take(paging.Take)).ToListAsync(cancellationToken));
    }

    /// <summary>Those that are not over, newest first: one at most that moves in each new pool, and those that are paused.</summary>
    public async Task<IReadOnlyList<RunView>> ListOpenAsync(string poolPairId, int most, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var open = Of(db, poolPairId, null).Where(x => RunStates.Moving.Contains(x.State) || x.State == RunState.Paused);
        return await Views(db, open.OrderByDescending(x => x.Id).Take(most)).ToListAsync(cancellationToken);
    }

    /// <summary>All of them, newest first.</summary>
    public async IAsyncEnumerable<RunView> StreamAsync(string? poolPairId, long? batchId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await foreach (var run in Views(db, Of(db, poolPairId, batchId)).AsAsyncEnumerable().WithCancellation(cancellationToken))
            yield return run;
    }

    private static IQueryable<Run> Of(PortalDbContext db, string? poolPairId, long? batchId)
    {
        var batches = BatchReads.All(db).Where(x => (poolPairId == null || x.PoolPairId == poolPairId) && (batchId == null || x.Id == batchId)).Select(x => x.Id);
        return db.Set<Run>().Where(x => batches.Contains(x.BatchId));
    }

    /// <summary>By their batches, with what kept each from resuming in its window; null where nothing did.</summary>
    public async Task<IReadOnlyDictionary<long, Wording?>> ListPausedByWindowAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<Run>().Where(x => x.State == RunState.Paused && x.PauseCause == PauseCause.Window)
            .Select(x => new { x.BatchId, x.Note }).ToDictionaryAsync(x => x.BatchId, x => x.Note, cancellationToken);
    }

    /// <summary>Sums per run, for lists.</summary>
    public async Task<IReadOnlyDictionary<long, RunTotals>> SumAsync(IReadOnlyCollection<long> runIds, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var sums = await db.Set<RoomTransfer>().Where(x => runIds.Contains(x.RunId)).GroupBy(x => new { x.RunId, x.State, IsVerified = x.Grade != null }).Select(x => new
        {
            x.Key.RunId,
            x.Key.State,
            x.Key.IsVerified,
            Rooms = x.Count(),
            Copied = x.Sum(t => t.CopiedMessageCount),
            Verified = x.Sum(t => t.VerifiedMessageCount),
            Total = x.Sum(t => t.TotalMessageCount),
            Bytes = x.Sum(t => t.CopiedByteCount),
            Files = x.Sum(t => t.CopiedFileCount),
            AllFiles = x.Sum(t => t.TotalFileCount),
            FileBytes = x.Sum(t => t.CopiedFileByteCount),
        }).ToListAsync(cancellationToken);
        return sums.GroupBy(x => x.RunId).ToDictionary(x => x.Key, x => new RunTotals(
            x.Sum(s => s.Copied),
            x.Sum(s => s.Verified),
            x.Sum(s => s.Total),
            x.Sum(s => s.Bytes),
            x.Sum(s => s.Rooms),
            x.Where(s => s.State.WasDone(s.IsVerified)).Sum(s => s.Rooms),
            x.Where(s => s.State.IsMoving()).Sum(s => s.Rooms),
            x.Where(s => s.State is TransferState.Pending or TransferState.Preparing).Sum(s => s.Rooms),
            x.Where(s => s.State == TransferState.Failed).Sum(s => s.Rooms))
        {
            CopiedFileCount = x.Sum(s => s.Files),
            TotalFileCount = x.Sum(s => s.AllFiles),
            CopiedFileByteCount = x.Sum(s => s.FileBytes),
            Skipped = x.Where(s => s.State == TransferState.Skipped).Sum(s => s.Rooms),
            Undone = x.Where(s => s.State == TransferState.Undone).Sum(s => s.Rooms),
        });
    }

    /// <summary>What became of its batch; null where there is no such run.</summary>
    public async Task<RunStanding?> FindStandingAsync(long runId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await (
            from run in db.Set<Run>()
            join batch in BatchReads.All(db) on run.BatchId equals batch.Id
            where run.Id == runId
            select new RunStanding(batch.State, !db.Set<Run>().Any(x => x.BatchId == run.BatchId && x.Id > run.Id))).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Its worst room's so far; null where nothing was verified.</summary>
    public async Task<Grade?> FindGradeAsync(long runId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var grades = await db.Set<RoomTransfer>()
            .Where(x => x.RunId == runId && x.Grade != null)
            .Select(x => x.Grade).Distinct().ToListAsync(cancellationToken);
        return grades.Max();
    }

    // Filtered before it is projected: a constructor's arguments cannot be asked about in SQL.
    public static IQueryable<RunView> Views(PortalDbContext db, IQueryable<Run> runs) =>
        from run in runs
        join batch in BatchReads.All(db) on run.BatchId equals batch.Id
        orderby run.Id descending
        select new RunView(
            run.Id,
            db.Set<Run>().Count(x => x.BatchId == run.BatchId && x.Id <= run.Id),
            run.BatchId,
            batch.Name,
            batch.PoolPairId,
            run.State,
            run.StartedBy,
            run.StartedAt,
            run.FinishedAt,
            run.Fingerprint,
            run.Confirmations,
            run.Error,
            run.Note,
            run.Node,
            run.MessagesPerSecond,
            run.Kind,
            run.Revision) { PauseCause = run.PauseCause, ClosesAt = run.ClosesAt };
}
