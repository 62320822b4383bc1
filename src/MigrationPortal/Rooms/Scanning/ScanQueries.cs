using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;

namespace MigrationPortal.Rooms.Scanning;

internal sealed class ScanQueries(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<Scan?> FindLatestAsync(string poolPairId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<Scan>().AsNoTracking().Where(s => s.PoolPairId == poolPairId).OrderByDescending(s => s.Id).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>The scan whose inventory is shown; null before the first one succeeded.</summary>
    public async Task<Scan?> FindCurrentAsync(string poolPairId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var current = PoolPairs.PoolPairQueries.CurrentScanOf(db, poolPairId);
        return await db.Set<Scan>().AsNoTracking().FirstOrDefaultAsync(scan => current.Contains(scan.Id), cancellationToken);
    }
}
