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

    /// <summary>Oldest first; the event of that moment itself is not among them.</summary>
    public async Task<IReadOnlyList<BatchEvent>> SinceAsync(long batchId, DateTimeOffset at, int most, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<BatchEvent>().AsNoTracking().Where(x => x.BatchId == batchId && x.At > at && x.Kind != BatchEventKinds.Approved)
            .OrderBy(x => x.Id).Take(most).ToListAsync(cancellationToken);
    }
}
