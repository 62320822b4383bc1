using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine.Planning;

namespace MigrationPortal.PoolPairs;

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

    /// <summary>One pair, within the caller's transaction.</summary>
    public static Task<PoolPair?> FindAsync(PortalDbContext db, string id, CancellationToken cancellationToken) =>
        db.Set<PoolPair>().AsNoTracking().FirstOrDefaultAsync(pair => pair.Id == id, cancellationToken);

    /// <summary>The scan whose inventory everybody sees, as SQL; null before the first.</summary>
    public static IQueryable<long?> CurrentScanOf(PortalDbContext db, string id) => db.Set<PoolPair>().Where(pair => pair.Id == id).Select(pair => pair.CurrentScanId);

    /// <summary>That of every pair that was scanned, for other queries to join.</summary>
    public static IQueryable<CurrentScan> CurrentScans(PortalDbContext db) =>
        db.Set<PoolPair>().Where(pair => pair.CurrentScanId != null).Select(pair => new CurrentScan { PoolPairId = pair.Id, ScanId = pair.CurrentScanId!.Value });

    /// <summary>Nobody changes them until the transaction ends.</summary>
    public static async Task<PlanOptions> HoldOptionsAsync(PortalDbContext db, string poolPairId, CancellationToken cancellationToken) =>
        (await db.Set<PoolPair>().FromSql($"select * from portal.pool_pairs where id = {poolPairId} for share").AsNoTracking().SingleAsync(cancellationToken)).Options;

    /// <summary>Who changed options of a pair since, in their order.</summary>
    public static async Task<IReadOnlyList<string>> OptionEditorsAsync(PortalDbContext db, string poolPairId, DateTimeOffset since, CancellationToken cancellationToken) =>
        [.. (await db.Set<PairOptionChange>().Where(x => x.PoolPairId == poolPairId && x.At >= since).OrderBy(x => x.Version).Select(x => x.By).ToListAsync(cancellationToken)).Distinct(StringComparer.Ordinal)];
}

internal sealed class CurrentScan
{
    public required string PoolPairId { get; init; }
    public long ScanId { get; init; }
}
