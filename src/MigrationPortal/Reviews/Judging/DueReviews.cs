using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Jobs;
using MigrationPortal.Reviews.BreakGlass;
using Quartz;

namespace MigrationPortal.Reviews.Judging;

/// <summary>Twice a minute: reviews whose judge says something else than their row, because time passed or somebody's right went. One job for each batch.</summary>
internal sealed class DueReviews(IDbContextFactory<PortalDbContext> databases, ReviewCases cases, TimeProvider clock) : IUnfinishedWork
{
    /// <summary>Read at a time; the next sweep takes what is left.</summary>
    private const int Most = 2000;

    public async Task EnqueueAsync(JobQueue jobs, CancellationToken cancellationToken) =>
        await jobs.EnqueueEachAsync<RejudgeJob>(await ListAsync(cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<long>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        // Nothing can be lost where nobody has decided yet.
        var live = await (
            from review in ReviewQueries.Live(db)
            join batch in BatchReads.All(db) on review.BatchId equals batch.Id
            where db.Set<Decision>().Any(x => x.ReviewId == review.Id && x.LostAt == null)
                || BreakGlassReads.All(db).Any(x => x.ReviewId == review.Id && x.State == BreakGlassState.Confirmed)
            orderby review.Id
            select new { batch, review }).Take(Most).ToListAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var read = await cases.ReadAsync(db, live.ConvertAll(x => (x.batch, x.review)), cancellationToken);
        return [.. read.Where(x => RejudgeReviews.IsDue(x, now)).Select(x => x.Batch.Id).Distinct()];
    }
}

/// <summary>Brings the reviews of one batch to where their judge puts them.</summary>
[DisallowConcurrentExecution]
internal sealed class RejudgeJob(RejudgeReviews rejudge) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await rejudge.HandleAsync(long.Parse(context.JobDetail.Key.Name, System.Globalization.CultureInfo.InvariantCulture), cancellationToken);
}
