using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Data;

namespace MigrationPortal.Batches.Viewing;

/// <summary>What happened to a batch.</summary>
internal sealed class TimelineQueries(IDbContextFactory<PortalDbContext> databases)
{
    /// <summary>Newest first.</summary>
    public async Task<Page<BatchEvent>> EventsAsync(long batchId, Paging paging, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var events = db.Set<BatchEvent>().AsNoTracking().Where(x => x.BatchId == batchId);
        var total = await events.LongCountAsync(cancellationToken);
        return new(total, await events.OrderByDescending(x => x.Id).Skip(paging.Skip).Take(paging.Take).ToListAsync(cancellationToken));
    }
}
