using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Engine.Undo;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;
using MigrationPortal.Rooms.Scanning;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Working;

namespace MigrationPortal.Undo;

/// <summary>
/// What the job does: removes the batch's rows, waiting out what passes by itself. Called again after a lost node, it finds what is
/// left and goes on.
/// </summary>
internal sealed class UndoBatch(
    IDbContextFactory<PortalDbContext> databases,
    PoolPairCatalog catalog,
    FinishUndo finish,
    RequestScanHandler scan,
    LiveFeed feed,
    WritersOfPool writers,
    AwaitedPeople awaited,
    WaitOut waitOut,
    IOptions<RunsOptions> options,
    TimeProvider time)
{
    public async Task HandleAsync(long batchId, CancellationToken cancellationToken)
    {
        // One count for every attempt: what was removed while the portal's database was away is written by a later one.
        RemovedCount? removed = null;
        await waitOut.DoAsync(
            $"The undo of batch {batchId}", token => WorkAsync(batchId, undo => removed ??= new RemovedCount(undo, databases, feed, time), token), cancellationToken);
    }

    private async Task WorkAsync(long batchId, Func<UndoRequest, RemovedCount> count, CancellationToken cancellationToken)
    {
        if (await FindAsync(batchId, cancellationToken) is not { } found)
            return;
        var (undo, batch) = found;
        var ledger = new UndoLedger(batchId, databases);
        var ended = catalog.Find(batch.PoolPairId) is { } pair
            ? await UndoAsync(undo, pair, ledger, count(undo), cancellationToken)
            : new Refusal("pool-pair-not-found.undo", RefusalKind.Conflict);
        await finish.HandleAsync(undo, batch, ledger, ended, cancellationToken);
        // The side by side shows the rooms as not moved again.
        if (ended.IsDone)
            await scan.HandleAsync(new RequestScan(batch.PoolPairId), Caller.Portal, cancellationToken);
    }

    private async Task<(UndoRequest Undo, Batch Batch)?> FindAsync(long batchId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var undo = await db.Set<UndoRequest>().AsNoTracking().FirstOrDefaultAsync(x => x.BatchId == batchId && x.State == UndoState.Running, cancellationToken);
        return undo is null ? null : (undo, await BatchReads.GetAsync(db, batchId, cancellationToken));
    }

    private async Task<Outcome<UndoPreview>> UndoAsync(
        UndoRequest undo, PoolPairConnections pair, UndoLedger ledger, RemovedCount removed, CancellationToken cancellationToken)
    {
        var waiting = new Waiting($"Undo {undo.Id}")
        {
            GiveUpAfter = options.Value.GiveUpAfter,
            Progress = () => removed.Total,
            TellAsync = removed.NoteAsync,
            TurnAsync = token => writers.DescribeAsync(undo.BatchId, pair, token),
        };
        return await waitOut.DoAsync(waiting, token => TryAsync(undo, pair, new BatchUndo(pair.New, ledger), removed, token), cancellationToken);
    }

    private async Task<Outcome<UndoPreview>> TryAsync(UndoRequest undo, PoolPairConnections pair, BatchUndo engine, RemovedCount removed, CancellationToken cancellationToken)
    {
        // What an attempt that was cut off removed, but could not write down.
        await removed.FlushAsync(cancellationToken);
        removed.BeginAttempt();
        var acquired = await engine.AcquireAsync(cancellationToken);
        if (!acquired.IsDone)
            return acquired.Refusal;
        await using var held = acquired.Value;
        await removed.NoteAsync(null, cancellationToken);
        // Only now: the run that was waited for may have linked its messages to files of this batch, or stopped half-way.
        engine.Awaited = await awaited.FindAsync(undo.BatchId, pair, cancellationToken);
        var files = await FileLedger.FindAsync(databases, undo.BatchId, cancellationToken);
        if (!files.IsDone)
            return files.Refusal;
        engine.Files = files.Value;
        var outcome = await removed.WhileAsync(engine.RemoveAsync(undo.Fingerprint, removed.Add, cancellationToken), cancellationToken);
        await removed.FlushAsync(cancellationToken);
        return outcome;
    }
}
