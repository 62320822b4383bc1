using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Data;
using MigrationPortal.Rooms.Browsing;

namespace MigrationPortal.Rooms.Viewing;

internal sealed record PrincipalRow(Guid Guid, string Name, string Uri, string Kind, bool IsLegacy, bool IsNew, bool IsDisabled);

/// <summary>The people, groups and units of both pools, one line for each guid.</summary>
internal sealed class PrincipalQueries(IDbContextFactory<PortalDbContext> contexts)
{
    public async Task<Page<PrincipalRow>> ListAsync(string poolPairId, string? search, Paging paging, CancellationToken cancellationToken)
    {
        var pattern = $"%{Like.Escape(search ?? "")}%";
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = db.Database.SqlQuery<PrincipalRow>($"""
            SELECT p.guid AS "Guid", min(coalesce(nullif(p.display_name, ''), nullif(p.name, ''), p.uri)) AS "Name", min(p.uri) AS "Uri", min(p.type) AS "Kind",
                bool_or(p.is_legacy) AS "IsLegacy", bool_or(NOT p.is_legacy) AS "IsNew", bool_and(p.disabled <> 0) AS "IsDisabled"
            FROM portal.inventory_principals p
            JOIN portal.pool_pairs pp ON pp.current_scan_id = p.scan_id AND pp.id = {poolPairId}
            WHERE p.uri ILIKE {pattern} OR p.name ILIKE {pattern} OR p.display_name ILIKE {pattern}
            GROUP BY p.guid
            """);
        var total = await rows.LongCountAsync(cancellationToken);
        var items = await rows.OrderBy(x => x.Name).ThenBy(x => x.Guid).Skip(paging.Skip).Take(paging.Take).ToListAsync(cancellationToken);
        return new(total, items);
    }
}
