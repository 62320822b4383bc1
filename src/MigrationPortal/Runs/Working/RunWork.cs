using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MigrationPortal.Administration;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Transfer;
using MigrationPortal.Live;

namespace MigrationPortal.Runs.Working;

/// <summary>
/// Works on one running run until it ends or somebody stops it. What passes by itself, such as a server that restarts, is waited
/// out with the reason shown; everything else ends the run with a sentence.
/// </summary>
internal sealed partial class RunWork(
    IDbContextFactory<PortalDbContext> databases,
    PoolPairCatalog catalog,
    RunAttempt attempt,
    RunStore store,
    LiveFeed live,
    RunFeed feed,
    IOptions<RunsOptions> options,
    TimeProvider time,
    ILogger<RunWork> logger)
{
    /// <returns>Null when somebody paused or cancelled.</returns>
    public async Task<RunEnd?> DoAsync(Run run, CancellationToken cancellationToken)
    {
        if (await FindPairAsync(run, cancellationToken) is not { } pair)
            return new(RunState.Failed, "The pool pair is not configured any more; configure it again, then resume.");
        var transfers = await store.TakeOverAsync(run.Id, cancellationToken);
        var limits = new CopyLimits { MessagesPerSecond = run.MessagesPerSecond };
        await using var stop = new RunStopSignal(run.Id, limits, databases, live, time, cancellationToken);
        await using var progress = new RunProgress(run.Id, transfers, store, feed, time);
        try
        {
            return await PersistAsync(new RunTask(run, pair, PlanDocument.Read(run.Document), limits, progress), stop.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            await RestAsync(progress);
        }
    }

    private async Task<RunEnd> PersistAsync(RunTask task, CancellationToken cancellationToken)
    {
        var patience = new RetryBackoff(time, options.Value.GiveUpAfter);
        while (true)
        {
            var outcome = await TryAsync(task, cancellationToken);
            if (outcome.IsDone)
                return outcome.Value;
            if (outcome.Refusal.Kind != RefusalKind.Unavailable)
                return new(RunState.Failed, outcome.Refusal.Message);
            // Another run on the same database is no fault: its end is waited for.
            var wait = outcome.Refusal.Code == "run-in-progress" ? RetryBackoff.Queue : patience.Next(task.Done);
            if (wait is not { } delay)
                return new(RunState.Failed, $"Given up after {options.Value.GiveUpAfter.TotalMinutes:0} min: {outcome.Refusal.Message}");
            LogWaits(logger, task.Run.Id, outcome.Refusal.Code, delay);
            await NoteAsync(task, $"{outcome.Refusal.Message} Trying again {RetryBackoff.Words(delay)}.", cancellationToken);
            await Task.Delay(delay, time, cancellationToken);
        }
    }

    private async Task<Outcome<RunEnd>> TryAsync(RunTask task, CancellationToken cancellationToken)
    {
        try
        {
            return await attempt.RunAsync(task, cancellationToken);
        }
        catch (DbException exception)
        {
            LogPortalDatabase(logger, task.Run.Id, exception);
            return new Refusal("portal-database", "The portal's own database does not answer.", RefusalKind.Unavailable);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or RunTakenOverException))
        {
            LogFailed(logger, task.Run.Id, exception);
            return new RunEnd(RunState.Failed, $"The run stopped unexpectedly ({exception.GetType().Name}); the log has the details. Nothing was lost: resume goes on where it stopped.");
        }
    }

    private async Task NoteAsync(RunTask task, string note, CancellationToken cancellationToken)
    {
        try
        {
            await store.SetNoteAsync(task.Run.Id, note, cancellationToken);
        }
        catch (DbException exception)
        {
            LogPortalDatabase(logger, task.Run.Id, exception);
        }
    }

    // What nobody works on any more must not look as if somebody did. Also when this node stops: five seconds are left for it.
    private static async Task RestAsync(RunProgress progress)
    {
        foreach (var transfer in progress.Transfers.Where(x => x.State.IsActive()))
            progress.Change(transfer, x => x.State = TransferState.Pending);
        try
        {
            using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await progress.FlushAsync(soon.Token);
        }
        catch (Exception exception) when (exception is DbException or OperationCanceledException or RunTakenOverException)
        {
            // Whoever works on the run next puts it right.
        }
    }

    private async Task<PoolPairConnections?> FindPairAsync(Run run, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return catalog.Find(await db.Set<Batch>().Where(x => x.Id == run.BatchId).Select(x => x.PoolPairId).SingleAsync(cancellationToken));
    }

    [LoggerMessage(LogLevel.Warning, "Run {Run} waits ({Reason}) for {Delay}")]
    private static partial void LogWaits(ILogger logger, long run, string reason, TimeSpan delay);

    [LoggerMessage(LogLevel.Warning, "Run {Run}: the portal database failed")]
    private static partial void LogPortalDatabase(ILogger logger, long run, Exception exception);

    [LoggerMessage(LogLevel.Error, "Run {Run} stopped unexpectedly")]
    private static partial void LogFailed(ILogger logger, long run, Exception exception);
}
