using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MigrationPortal.Data;

namespace MigrationPortal.Runs.Limiting;

/// <param name="Set">Null where the configuration's limits apply.</param>
internal sealed record CurrentLimits(int? MessagesPerSecond, int RoomsAtATime, RunLimits? Set)
{
    public int Version => Set?.Version ?? 0;
}

internal sealed class RunLimitQueries(IDbContextFactory<PortalDbContext> databases, IOptions<RunsOptions> options)
{
    public async Task<CurrentLimits> FindAsync(string poolPairId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await FindAsync(db, poolPairId, cancellationToken);
    }

    public async Task<CurrentLimits> FindAsync(PortalDbContext db, string poolPairId, CancellationToken cancellationToken) =>
        await db.Set<RunLimits>().AsNoTracking().FirstOrDefaultAsync(x => x.PoolPairId == poolPairId, cancellationToken) is { } set
            ? new(set.MessagesPerSecond, set.RoomsAtATime, set)
            : new(options.Value.MessagesPerSecond, options.Value.Transfers, null);

    /// <summary>For a run that this transaction creates: a change waits for its commit, and then finds the run.</summary>
    public async Task<CurrentLimits> FindForStartAsync(PortalDbContext db, string poolPairId, CancellationToken cancellationToken)
    {
        await NamedLocks.ShareAsync(db, LockOf(poolPairId), cancellationToken);
        return await FindAsync(db, poolPairId, cancellationToken);
    }

    /// <summary>Waits for runs that are being created, and keeps others from it until this transaction ends.</summary>
    public static Task HoldStartsAsync(PortalDbContext db, string poolPairId, CancellationToken cancellationToken) =>
        NamedLocks.TakeAsync(db, LockOf(poolPairId), cancellationToken);

    // A pool pair may have no row of limits to lock.
    private static string LockOf(string poolPairId) => $"run-limits:{poolPairId}";
}
