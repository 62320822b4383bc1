using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MigrationPortal.Administration;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Undo;
using MigrationPortal.Live;
using MigrationPortal.Rooms.Scanning;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Working;
using MigrationPortal.SignIn;

namespace MigrationPortal.Undo;

/// <summary>
/// What the job does: removes the batch's rows, waiting out what passes by itself. Called again after a lost node, it finds what is
/// left and goes on.
/// </summary>
internal sealed partial class UndoBatch(
    IDbContextFactory<PortalDbContext> databases,
    PoolPairCatalog catalog,
    FinishUndo finish,
    RequestScanHandler scan,
    LiveFeed feed,
    IOptions<RunsOptions> options,
    TimeProvider time,
    ILogger<UndoBatch> logger)
{
    public async Task HandleAsync(long batchId, CancellationToken cancellationToken)
    {
        if (await FindAsync(batchId, cancellationToken) is not { } found)
            return;
        var (undo, batch) = found;
        var ledger = new UndoLedger(batchId, databases);
        var ended = catalog.Find(batch.PoolPairId) is { } pair
            ? await UndoAsync(undo, pair, ledger, cancellationToken)
            : new Refusal("pool-pair-not-found", "The pool pair is not configured any more; configure it again, then undo.", RefusalKind.Conflict);
        await finish.HandleAsync(undo, batch, ledger, ended, cancellationToken);
        // The side by side shows the rooms as not moved again.
        if (ended.IsDone)
            await scan.HandleAsync(new RequestScan(batch.PoolPairId), Caller.Portal, cancellationToken);
    }

    private async Task<(UndoRequest Undo, Batch Batch)?> FindAsync(long batchId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var undo = await db.Set<UndoRequest>().AsNoTracking().FirstOrDefaultAsync(x => x.BatchId == batchId && x.State == UndoState.Running, cancellationToken);
        return undo is null ? null : (undo, await db.Set<Batch>().AsNoTracking().SingleAsync(x => x.Id == batchId, cancellationToken));
    }

    private async Task<Outcome<UndoPreview>> UndoAsync(UndoRequest undo, PoolPairConnections pair, UndoLedger ledger, CancellationToken cancellationToken)
    {
        var files = await FileLedger.FindAsync(databases, undo.BatchId, cancellationToken);
        return files.IsDone ? await PersistAsync(undo, new BatchUndo(pair.New, ledger, files.Value), cancellationToken) : files.Refusal;
    }

    private async Task<Outcome<UndoPreview>> PersistAsync(UndoRequest undo, BatchUndo engine, CancellationToken cancellationToken)
    {
        var patience = new RetryBackoff(time, options.Value.GiveUpAfter);
        var removed = new RemovedCount(undo.Id, undo.BatchId, databases, feed);
        while (true)
        {
            var outcome = await TryAsync(undo, engine, removed, cancellationToken);
            await removed.FlushAsync(cancellationToken);
            if (outcome.IsDone || outcome.Refusal.Kind != RefusalKind.Unavailable)
                return outcome;
            var wait = outcome.Refusal.Code == "run-in-progress" ? RetryBackoff.Queue : patience.Next(removed.Total);
            if (wait is not { } delay)
                return outcome;
            LogWaits(logger, undo.BatchId, outcome.Refusal.Code, delay);
            await removed.NoteAsync($"{outcome.Refusal.Message} Trying again {RetryBackoff.Words(delay)}.", cancellationToken);
            await Task.Delay(delay, time, cancellationToken);
        }
    }

    private async Task<Outcome<UndoPreview>> TryAsync(UndoRequest undo, BatchUndo engine, RemovedCount removed, CancellationToken cancellationToken)
    {
        try
        {
            var acquired = await engine.AcquireAsync(cancellationToken);
            if (!acquired.IsDone)
                return acquired.Refusal;
            await using var held = acquired.Value;
            await removed.NoteAsync(null, cancellationToken);
            return await engine.RemoveAsync(undo.Fingerprint, removed.Add, cancellationToken);
        }
        catch (DbException exception)
        {
            LogPortalDatabase(logger, undo.BatchId, exception);
            return new Refusal("portal-database", "The portal's own database does not answer.", RefusalKind.Unavailable);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The undo of batch {Batch} waits ({Reason}) for {Delay}")]
    private static partial void LogWaits(ILogger logger, long batch, string reason, TimeSpan delay);

    [LoggerMessage(LogLevel.Warning, "The undo of batch {Batch}: the portal database failed")]
    private static partial void LogPortalDatabase(ILogger logger, long batch, Exception exception);
}
