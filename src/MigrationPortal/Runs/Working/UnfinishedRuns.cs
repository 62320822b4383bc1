using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Jobs;

namespace MigrationPortal.Runs.Working;

/// <summary>Runs that are under way: started, resumed or stopping.</summary>
internal sealed class UnfinishedRuns(IDbContextFactory<PortalDbContext> databases) : IUnfinishedWork
{
    public async Task EnqueueAsync(JobQueue jobs, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var batches = await db.Set<Run>().Where(x => RunStates.Moving.Contains(x.State)).Select(x => x.BatchId).ToListAsync(cancellationToken);
        await jobs.EnqueueEachAsync<RunBatchJob>(batches, cancellationToken);
    }
}
