using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Starting;

namespace MigrationPortal.Freezes;

/// <summary>
/// Asked in the transaction of every start, delta, cutover, undo and resume. It keeps the rows it read locked (FOR SHARE) until that
/// transaction ends, and a freeze changes them FOR UPDATE: once a freeze is answered, no start commits. A missing row counts as frozen.
/// </summary>
internal sealed class FreezeHold : IBatchHold
{
    public async Task<Refusal?> FindAsync(PortalDbContext db, Batch batch, CancellationToken cancellationToken)
    {
        var rows = await db.Set<Freeze>()
            .FromSql($"SELECT * FROM portal.freezes WHERE scope IN ({Freeze.All}, {batch.PoolPairId}) ORDER BY scope FOR SHARE")
            .AsNoTracking().ToListAsync(cancellationToken);
        return FreezeState.Of(rows).Refuse(batch.PoolPairId);
    }
}
