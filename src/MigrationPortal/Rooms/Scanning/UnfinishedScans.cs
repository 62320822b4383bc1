using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Jobs;

namespace MigrationPortal.Rooms.Scanning;

/// <summary>Scans that were requested and have not ended.</summary>
internal sealed class UnfinishedScans(IDbContextFactory<PortalDbContext> databases) : IUnfinishedWork
{
    public async Task EnqueueAsync(JobQueue jobs, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var keys = await db.Set<Scan>().Where(x => x.State == ScanState.Queued || x.State == ScanState.Running).Select(x => x.PoolPairId).ToListAsync(cancellationToken);
        foreach (var key in keys)
            await jobs.EnqueueAsync<ScanJob>(key, cancellationToken);
    }
}
