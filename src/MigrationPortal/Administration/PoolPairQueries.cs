using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;

namespace MigrationPortal.Administration;

internal sealed class PoolPairQueries(IDbContextFactory<PortalDbContext> contexts)
{
    /// <summary>In the order of the configuration; those taken out of it come last. A handful, never more.</summary>
    public async Task<IReadOnlyList<PoolPair>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<PoolPair>().AsNoTracking()
            .OrderByDescending(pair => pair.IsConfigured).ThenBy(pair => pair.Ordinal).ThenBy(pair => pair.Id)
            .ToListAsync(cancellationToken);
    }

    public async Task<PoolPair?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<PoolPair>().AsNoTracking().FirstOrDefaultAsync(pair => pair.Id == id, cancellationToken);
    }
}
