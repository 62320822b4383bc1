using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;

namespace MigrationPortal.Undo;

internal sealed class UndoQueries(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<UndoRequest?> FindLatestAsync(long batchId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<UndoRequest>().AsNoTracking().Where(x => x.BatchId == batchId).OrderByDescending(x => x.Id).FirstOrDefaultAsync(cancellationToken);
    }
}
