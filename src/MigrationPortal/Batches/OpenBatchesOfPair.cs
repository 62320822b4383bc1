using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.PoolPairs.Viewing;

namespace MigrationPortal.Batches;

internal sealed class OpenBatchesOfPair(IDbContextFactory<PortalDbContext> databases) : IOpenBatches
{
    public async Task<OpenBatches> CountAsync(string poolPairId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var counts = await db.Set<Batch>().Where(x => x.PoolPairId == poolPairId && x.Options == null && BatchStates.Editable.Contains(x.State))
            .GroupBy(x => x.State).Select(x => new { x.Key, Count = x.Count() }).ToDictionaryAsync(x => x.Key, x => x.Count, cancellationToken);
        return new(counts.GetValueOrDefault(BatchState.Draft), counts.GetValueOrDefault(BatchState.InReview), counts.GetValueOrDefault(BatchState.Approved) + counts.GetValueOrDefault(BatchState.Scheduled));
    }
}
