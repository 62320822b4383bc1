using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.PoolPairs.Keeping;

namespace MigrationPortal.Rooms.Scanning;

/// <summary>A pair that an administrator added is scanned at once, by the portal itself: until then there is nothing to see of it.</summary>
internal sealed class FirstScan(IDbContextFactory<PortalDbContext> databases, RequestScanHandler scans) : IAfterPairAdded
{
    public async Task AfterAddedAsync(string poolPairId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (!await db.Set<Scan>().AnyAsync(x => x.PoolPairId == poolPairId, cancellationToken))
            await scans.HandleAsync(new RequestScan(poolPairId), Caller.Portal, cancellationToken);
    }
}
