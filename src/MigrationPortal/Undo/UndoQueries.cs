using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Data;

namespace MigrationPortal.Undo;

internal sealed class UndoQueries(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<UndoRequest?> FindLatestAsync(long batchId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<UndoRequest>().AsNoTracking().Where(x => x.BatchId == batchId).OrderByDescending(x => x.Id).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Of the list that was kept when the undo was requested.</summary>
    public async Task<Page<UndoLine>> LinesAsync(long undoId, UndoLineKind kind, Paging paging, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var lines = db.Set<UndoLine>().AsNoTracking().Where(x => x.UndoId == undoId && x.Kind == kind);
        return new(await lines.LongCountAsync(cancellationToken), await lines.OrderBy(x => x.Number).Skip(paging.Skip).Take(paging.Take).ToListAsync(cancellationToken));
    }
}
