using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;

namespace MigrationPortal.PoolPairs.Keeping;

/// <summary>A kept pair as people may see it: never with its connection strings.</summary>
internal sealed record KeptPairView(string Id, PoolPairSettings Settings, long Version, string By, bool CanBeOpened);

internal sealed class KeptPairQueries(IDbContextFactory<PortalDbContext> databases, ConnectionSeal seal)
{
    /// <summary>Null when the portal does not keep it.</summary>
    public async Task<KeptPairView?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var pair = await db.Set<KeptPoolPair>().AsNoTracking().FirstOrDefaultAsync(x => x.Id == id, cancellationToken);
        return pair is null ? null : new(pair.Id, pair.Settings, pair.Version, pair.By, seal.Open(pair) is not null);
    }

    public async Task<IReadOnlyList<KeptPoolPair>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<KeptPoolPair>().AsNoTracking().OrderBy(x => x.At).ToListAsync(cancellationToken);
    }
}
