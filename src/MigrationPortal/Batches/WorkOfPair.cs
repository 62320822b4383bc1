using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.PoolPairs.Keeping;

namespace MigrationPortal.Batches;

/// <summary>Batches that a run or an undo is at work on.</summary>
internal sealed class WorkOfPair(IDbContextFactory<PortalDbContext> databases) : IPairWork
{
    private static readonly BatchState[] _atWork = [BatchState.Running, BatchState.Paused, BatchState.Stopping, BatchState.Undoing];

    public async Task<string?> FindAsync(string poolPairId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<Batch>().Where(x => x.PoolPairId == poolPairId && _atWork.Contains(x.State)).OrderBy(x => x.Id).Select(x => x.Name).FirstOrDefaultAsync(cancellationToken);
    }
}
