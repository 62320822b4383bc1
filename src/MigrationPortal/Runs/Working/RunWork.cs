using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Transfer;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;
using MigrationPortal.Runs.Watching;
using MigrationPortal.Telemetry;

namespace MigrationPortal.Runs.Working;

/// <summary>
/// Works on one running run until it ends or somebody stops it. What passes by itself, such as a server that restarts or another run in
/// the same new pool, is waited out with the reason shown; everything else ends the run with a sentence.
/// </summary>
internal sealed partial class RunWork(
    IDbContextFactory<PortalDbContext> databases,
    PoolPairCatalog catalog,
    RunAttempt attempt,
    RunStore store,
    WritersOfPool writers,
    WaitOut waitOut,
    LiveFeed live,
    RunFeed feed,
    RunMetrics metrics,
    IOptions<RunsOptions> options,
    TimeProvider time,
    ILogger<RunWork> logger)
{
    /// <returns>Null when somebody paused or cancelled.</returns>
    public async Task<RunEnd?> DoAsync(Run run, CancellationToken cancellationToken)
    {
        if (await FindPairAsync(run, cancellationToken) is not { } pair)
            return new(RunState.Failed, new("pool-pair-not-found.resume"));
        var transfers = await store.TakeOverAsync(run.Id, cancellationToken);
        var limits = new CopyLimits { MessagesPerSecond = run.MessagesPerSecond };
        var gate = new RoomGate(run.RoomsAtATime ?? options.Value.Transfers);
        using var running = metrics.Begin(run.Id, pair.Id, limits);
        using var activity = PortalTelemetry.Source.StartActivity("run batch");
        activity?.SetTag("migrationportal.run.id", run.Id).SetTag("migrationportal.pool_pair.id", pair.Id);
        await using var stop = new RunStopSignal(run.Id, limits, gate, databases, live, time, cancellationToken);
        await using var progress = new RunProgress(run.Id, transfers, store, feed, time);
        try
        {
            // On a thread of its own: what hangs there must not keep this one from seeing the stop.
            var work = Task.Run(() => PersistAsync(new RunTask(run, pair, limits, gate, progress, () => stop.IsClosing) { Plan = PlanDocument.Read(run.Document) }, stop.Token), CancellationToken.None);
            return await StopLimit.EndsAsync(work, stop.Stopped, time) ? await work : LeftBehind(run, work);
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
        var waiting = new Waiting($"Run {task.Run.Id}")
        {
            GiveUpAfter = options.Value.GiveUpAfter,
            Progress = () => task.Done,
            TellAsync = (note, token) =>
            {
                task.Progress.WaitsForTurn = note.Key != WaitOut.Retry;
                return store.SetNoteAsync(task.Run.Id, note, token);
            },
            TurnAsync = token => writers.DescribeAsync(task.Run.BatchId, task.Pair, token),
        };
        var attempts = 0;
        var outcome = await waitOut.DoAsync(
            waiting,
            token =>
            {
                if (attempts++ > 0)
                    metrics.CountRetry(task.Pair.Id);
                return TryAsync(task, token);
            },
            cancellationToken);
        return outcome.IsDone ? outcome.Value : new(RunState.Failed, outcome.Refusal.Wording);
    }

    private async Task<Outcome<RunEnd>> TryAsync(RunTask task, CancellationToken cancellationToken)
    {
        try
        {
            return await attempt.RunAsync(task, cancellationToken);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or RunTakenOverException) && !Outage.Is(exception))
        {
            LogFailed(logger, task.Run.Id, exception);
            return new RunEnd(RunState.Failed, new("Error.RunStopped", exception.GetType().Name));
        }
    }

    // It holds the new pool's lock until it ends, so nobody else writes there before; its token is cancelled, so it writes no further page.
    private RunEnd LeftBehind(Run run, Task work)
    {
        LogLeftBehind(logger, run.Id, StopLimit.Limit);
        _ = work.ContinueWith(
            ended => LogEndedLate(logger, run.Id, ended.Exception?.InnerException), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return new(RunState.Cancelled, new("Error.LeftBehind", (long)StopLimit.Limit.TotalSeconds));
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
        catch (Exception exception) when (exception is OperationCanceledException or RunTakenOverException || Outage.Is(exception))
        {
            // Whoever works on the run next puts it right.
        }
    }

    private async Task<PoolPairConnections?> FindPairAsync(Run run, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return catalog.Find(await BatchReads.All(db).Where(x => x.Id == run.BatchId).Select(x => x.PoolPairId).SingleAsync(cancellationToken));
    }

    [LoggerMessage(LogLevel.Error, "Run {Run} stopped unexpectedly")]
    private static partial void LogFailed(ILogger logger, long run, Exception exception);

    [LoggerMessage(LogLevel.Error, "Run {Run} was told to stop and did not end within {Limit}; it is left behind")]
    private static partial void LogLeftBehind(ILogger logger, long run, TimeSpan limit);

    [LoggerMessage(LogLevel.Warning, "What was left behind of run {Run} has ended")]
    private static partial void LogEndedLate(ILogger logger, long run, Exception? exception);
}
