using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;

namespace MigrationPortal.Reviews.Policy;

/// <param name="Version">0: the default.</param>
internal sealed record CurrentPolicy(int Version, ReviewPolicy Policy);

/// <summary>Policies of pool pairs, the newest and those that reviews were submitted under.</summary>
internal sealed class PolicyQueries(IDbContextFactory<PortalDbContext> databases)
{
    /// <summary>Bounds what the page shows; older versions stay in the audit as well.</summary>
    private const int Shown = 200;

    public async Task<CurrentPolicy> FindAsync(string poolPairId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await FindAsync(db, poolPairId, cancellationToken);
    }

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<PolicyVersion>> VersionsAsync(string poolPairId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<PolicyVersion>().AsNoTracking().Where(x => x.PoolPairId == poolPairId)
            .OrderByDescending(x => x.Version).Take(Shown).ToListAsync(cancellationToken);
    }

    public static async Task<CurrentPolicy> FindAsync(PortalDbContext db, string poolPairId, CancellationToken cancellationToken)
    {
        var newest = await db.Set<PolicyVersion>().AsNoTracking().Where(x => x.PoolPairId == poolPairId)
            .OrderByDescending(x => x.Version).FirstOrDefaultAsync(cancellationToken);
        return newest is null ? new(0, ReviewPolicy.Default) : new(newest.Version, newest.Body);
    }

    /// <summary>What each of these reviews was submitted under.</summary>
    public static async Task<IReadOnlyDictionary<(string Pair, int Version), ReviewPolicy>> ReadAsync(
        PortalDbContext db, IReadOnlyCollection<(string Pair, int Version)> wanted, CancellationToken cancellationToken)
    {
        var pairs = wanted.Select(x => x.Pair).Distinct().ToArray();
        var versions = wanted.Select(x => x.Version).Where(x => x > 0).Distinct().ToArray();
        var found = versions.Length == 0 ? [] : await db.Set<PolicyVersion>().AsNoTracking()
            .Where(x => pairs.Contains(x.PoolPairId) && versions.Contains(x.Version)).ToListAsync(cancellationToken);
        var bodies = found.ToDictionary(x => (x.PoolPairId, x.Version), x => x.Body);
        return wanted.Distinct().ToDictionary(x => x, x => x.Version == 0 ? ReviewPolicy.Default : bodies[x]);
    }
}
