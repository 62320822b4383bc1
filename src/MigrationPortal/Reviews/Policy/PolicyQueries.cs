using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Data;

namespace MigrationPortal.Reviews.Policy;

/// <param name="Version">0: the default.</param>
internal sealed record CurrentPolicy(int Version, ReviewPolicy Policy);

/// <summary>Policies of pool pairs, the newest and those that reviews were submitted under.</summary>
internal sealed class PolicyQueries(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<CurrentPolicy> FindAsync(string poolPairId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await FindAsync(db, poolPairId, cancellationToken);
    }

    /// <summary>Newest first.</summary>
    public async Task<Page<PolicyVersion>> VersionsAsync(string poolPairId, Paging paging, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var all = db.Set<PolicyVersion>().AsNoTracking().Where(x => x.PoolPairId == poolPairId);
        var total = await all.LongCountAsync(cancellationToken);
        return new(total, await all.OrderByDescending(x => x.Version).Skip(paging.Skip).Take(paging.Take).ToListAsync(cancellationToken));
    }

    /// <summary>Newest first: those that were added after a time, and the one that the oldest of them replaced.</summary>
    public async Task<IReadOnlyList<PolicyVersion>> VersionsSinceAsync(string poolPairId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var all = db.Set<PolicyVersion>().AsNoTracking().Where(x => x.PoolPairId == poolPairId);
        var oldest = await all.Where(x => x.At > since).MinAsync(x => (int?)x.Version, cancellationToken);
        return oldest is not { } first ? [] : await all.Where(x => x.Version >= first - 1).OrderByDescending(x => x.Version).ToListAsync(cancellationToken);
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
