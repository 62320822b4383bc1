using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Jobs;
using MigrationPortal.Reviews.BreakGlass;
using MigrationPortal.Runs;
using Quartz;

namespace MigrationPortal.Windows.Pausing;

/// <summary>Twice a minute: runs that write though no window is open, and runs that a window paused and that may write again.</summary>
internal sealed class RunsInWindows(IDbContextFactory<PortalDbContext> databases, WindowQueries windows, TimeProvider clock) : IUnfinishedWork
{
    public async Task EnqueueAsync(JobQueue jobs, CancellationToken cancellationToken) =>
        await jobs.EnqueueEachAsync<KeepToWindowsJob>(await ListAsync(cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<long>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var open = await (
            from run in RunQueries.All(db)
            join batch in BatchReads.All(db) on run.BatchId equals batch.Id
            where !BreakGlassReads.Runs(db).Contains(run.Id) && (run.State == RunState.Running || (run.State == RunState.Paused && run.PauseCause == PauseCause.Window))
            select new { run.BatchId, batch.PoolPairId, IsClosing = run.ClosesAt != null, IsRunning = run.State == RunState.Running }).ToListAsync(cancellationToken);
        if (open.Count == 0)
            return [];
        var now = clock.GetUtcNow();
        var of = await windows.ReadAllAsync(cancellationToken);
        return [.. open.Where(x => of(x.PoolPairId).IsOpen(now) ? x.IsClosing || !x.IsRunning : x.IsRunning).Select(x => x.BatchId)];
    }
}

/// <summary>Key: the batch's id.</summary>
[DisallowConcurrentExecution]
internal sealed class KeepToWindowsJob(KeepToWindowsHandler keep) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await keep.HandleAsync(long.Parse(context.JobDetail.Key.Name, CultureInfo.InvariantCulture), cancellationToken);
}
