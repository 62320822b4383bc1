using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;

namespace MigrationPortal.Delta;

internal sealed class DeltaQueries(IDbContextFactory<PortalDbContext> databases)
{
    /// <summary>The latest wish, whatever became of it.</summary>
    public async Task<DeltaRequest?> FindLatestAsync(long batchId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<DeltaRequest>().AsNoTracking().Where(x => x.BatchId == batchId).OrderByDescending(x => x.Id).FirstOrDefaultAsync(cancellationToken);
    }
}
