using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Jobs;
using Quartz;

namespace MigrationPortal.Windows.Scheduling;

/// <summary>Twice a minute: scheduled batches whose time has come or is over. Which moment that is, is never left to the job engine.</summary>
internal sealed class DueSchedules(IDbContextFactory<PortalDbContext> databases, WindowQueries windows, TimeProvider clock) : IUnfinishedWork
{
    /// <summary>Read at a time; the next sweep takes what is left.</summary>
    private const int Most = 1000;

    public async Task EnqueueAsync(JobQueue jobs, CancellationToken cancellationToken) =>
        await jobs.EnqueueEachAsync<StartScheduledJob>(await ListAsync(cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<long>> ListAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var begun = await (
            from schedule in db.Set<Schedule>().AsNoTracking()
            join batch in BatchReads.All(db) on schedule.BatchId equals batch.Id
            where batch.State == BatchState.Scheduled && (schedule.From == null || schedule.From <= now)
            orderby schedule.From, schedule.BatchId
            select new { schedule, batch.PoolPairId }).Take(Most).ToListAsync(cancellationToken);
        if (begun.Count == 0)
            return [];
        var of = await windows.ReadAllAsync(cancellationToken);
        return [.. begun.Where(x => ScheduleTimes.IsMissed(x.schedule, now) || of(x.PoolPairId).IsOpen(now)).Select(x => x.schedule.BatchId)];
    }
}

/// <summary>Key: the batch's id, so that one node alone tries to start it.</summary>
[DisallowConcurrentExecution]
internal sealed class StartScheduledJob(StartScheduledHandler start) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await start.HandleAsync(long.Parse(context.JobDetail.Key.Name, CultureInfo.InvariantCulture), cancellationToken);
}
