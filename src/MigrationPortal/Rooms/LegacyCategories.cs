using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;

namespace MigrationPortal.Rooms;

/// <summary>Categories of the legacy pool, as the newest scan has them.</summary>
internal static class LegacyCategories
{
    /// <returns>Those of <paramref name="guids"/> that are one.</returns>
    public static Task<List<Guid>> ListAsync(PortalDbContext db, string poolPairId, Guid[] guids, CancellationToken cancellationToken) => db.Database.SqlQuery<Guid>($"""
        SELECT n.guid AS "Value" FROM portal.inventory_nodes n JOIN portal.pool_pairs p ON p.id = {poolPairId} AND p.current_scan_id = n.scan_id
        WHERE n.is_legacy AND n.is_category AND n.guid = ANY ({guids})
        """).ToListAsync(cancellationToken);
}
