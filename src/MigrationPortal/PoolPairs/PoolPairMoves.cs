using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;

namespace MigrationPortal.PoolPairs;

/// <summary>What later features change of a pool pair, within their transaction.</summary>
internal static class PoolPairMoves
{
    /// <summary>Everybody sees the inventory of this scan from the transaction's end on.</summary>
    public static Task<int> ShowScanAsync(PortalDbContext db, string id, long scanId, CancellationToken cancellationToken) =>
        db.Set<PoolPair>().Where(x => x.Id == id).ExecuteUpdateAsync(set => set.SetProperty(x => x.CurrentScanId, scanId), cancellationToken);
}
