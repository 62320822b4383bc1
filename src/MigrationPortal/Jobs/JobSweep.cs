using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Rooms;
using MigrationPortal.Runs;
using MigrationPortal.Undo;

namespace MigrationPortal.Jobs;

/// <summary>
/// A portal can be killed between committing a start and scheduling its job. At start and twice a minute, what should be worked on is
/// scheduled again; what has a job already stays as it is.
/// </summary>
internal sealed partial class JobSweep(
    JobEngine engine, JobQueue jobs, IDbContextFactory<PortalDbContext> databases, TimeProvider time, ILogger<JobSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await engine.SchedulerAsync(stoppingToken);
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var batches = await db.Set<Run>().Where(x => RunStates.Moving.Contains(x.State)).Select(x => x.BatchId).ToListAsync(cancellationToken);
        foreach (var batch in batches)
            await jobs.EnqueueAsync<RunBatchJob>(batch.ToString(CultureInfo.InvariantCulture), cancellationToken);
        var undos = await db.Set<UndoRequest>().Where(x => x.State == UndoState.Running).Select(x => x.BatchId).ToListAsync(cancellationToken);
        foreach (var batch in undos)
            await jobs.EnqueueAsync<UndoBatchJob>(batch.ToString(CultureInfo.InvariantCulture), cancellationToken);
        var pairs = await db.Set<Scan>()
            .Where(x => x.State == ScanState.Queued || x.State == ScanState.Running).Select(x => x.PoolPairId).ToListAsync(cancellationToken);
        foreach (var pair in pairs)
            await jobs.EnqueueAsync<ScanJob>(pair, cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "Looking for work without a job failed; it is tried again")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
