using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.PoolPairs;
using MigrationPortal.Runs.Starting;

namespace MigrationPortal.Runs.Backups;

/// <param name="ConfirmedAt">When an operator last confirmed a backup of the new pool; null where none ever was, so that nothing is known of one.</param>
/// <param name="BatchCount">Batches that write to it next, or do so now.</param>
/// <param name="Since">When the last of them came into that state; used where no backup is known.</param>
internal sealed record BackupAge(string PoolPairId, string PoolPairName, DateTimeOffset? ConfirmedAt, int BatchCount, DateTimeOffset Since);

/// <summary>
/// Pool pairs whose new pool is about to be written to, or is, although the last backup that an operator confirmed is older than a day. The
/// portal cannot see backups: what it knows is what was confirmed at starts and resumes (Microsoft asks for one before an import).
/// </summary>
internal sealed class BackupAges(IDbContextFactory<PortalDbContext> databases, PoolPairCatalog catalog, TimeProvider clock)
{
    /// <summary>As long as a confirmation holds for a start.</summary>
    public static readonly TimeSpan Longest = RunConfirmations.Lifetime;

    private static readonly BatchState[] _writing = [BatchState.Approved, BatchState.Scheduled, BatchState.Running, BatchState.Paused];

    /// <param name="poolPairId">Null: of all pairs.</param>
    public async Task<IReadOnlyList<BackupAge>> ListAsync(string? poolPairId, CancellationToken cancellationToken)
    {
        var found = new List<BackupAge>();
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        foreach (var pair in catalog.Pairs.Where(x => (poolPairId is null || x.Id == poolPairId) && RunConfirmations.Needed(x).Contains(RunConfirmations.BackupTaken)).OrderBy(x => x.Id, StringComparer.Ordinal))
        {
            var batches = BatchReads.All(db).Where(x => x.PoolPairId == pair.Id);
            var writing = batches.Where(x => _writing.Contains(x.State));
            var count = await writing.CountAsync(cancellationToken);
            if (count == 0)
                continue;
            var confirmed = await db.Set<Run>().Where(x => batches.Any(batch => batch.Id == x.BatchId) && x.Confirmations.Contains(RunConfirmations.BackupTaken))
                .MaxAsync(x => (DateTimeOffset?)x.ConfirmedAt, cancellationToken);
            if (confirmed is { } at && now - at <= Longest)
                continue;
            var since = await BatchReads.Events(db).Where(x => writing.Any(batch => batch.Id == x.BatchId) && x.To != null && _writing.Contains(x.To.Value)).MaxAsync(x => (DateTimeOffset?)x.At, cancellationToken);
            found.Add(new(pair.Id, pair.Name, confirmed, count, since ?? now));
        }

        return found;
    }
}
