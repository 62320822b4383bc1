using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Windows.Scheduling;

namespace MigrationPortal.CutOver.Timing;

internal sealed class CutOverTimeQueries(IDbContextFactory<PortalDbContext> databases)
{
    /// <summary>Null where it was never planned.</summary>
    public async Task<CutOverTime?> FindAsync(string poolPairId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<CutOverTime>().AsNoTracking().SingleOrDefaultAsync(x => x.PoolPairId == poolPairId, cancellationToken);
    }

    /// <summary>How long final deltas of batches with that many messages will take. Null where no delta tells.</summary>
    public async Task<RunEstimate?> EstimateAsync(string poolPairId, long messages, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await RunEstimate.FindOfDeltasAsync(db, poolPairId, messages, cancellationToken);
    }
}
