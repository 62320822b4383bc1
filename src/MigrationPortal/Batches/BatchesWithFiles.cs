using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Files;

namespace MigrationPortal.Batches;

internal sealed class BatchesWithFiles : IFileBatches
{
    public Task<long[]> ListAsync(PortalDbContext db, string poolPairId, CancellationToken cancellationToken) =>
        db.Set<Batch>().Where(x => x.PoolPairId == poolPairId).Select(x => x.Id).ToArrayAsync(cancellationToken);
}
