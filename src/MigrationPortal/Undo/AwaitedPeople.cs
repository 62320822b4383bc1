using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Data;
using MigrationPortal.PoolPairs;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Working;

namespace MigrationPortal.Undo;

/// <summary>People of a new pool whose messages a run of another batch, which goes on or may be resumed, has not copied yet: an undo leaves them there.</summary>
internal sealed class AwaitedPeople(IDbContextFactory<PortalDbContext> databases, WritersOfPool pools)
{
    /// <returns>prinID → nodeID of a room of the batch that waits for it.</returns>
    public async Task<IReadOnlyDictionary<int, int>> FindAsync(long batchId, PoolPairConnections pair, CancellationToken cancellationToken)
    {
        var pairs = pools.PairsInto(pair);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var others = BatchReads.All(db).Where(x => x.Id != batchId && pairs.Contains(x.PoolPairId) && x.State != BatchState.Undoing && x.State != BatchState.Undone);
        var awaited = new Dictionary<int, int>();
        var unfinished = await (
            from batch in others
            join run in RunQueries.All(db) on batch.Id equals run.BatchId
            where !RunStates.Over.Contains(run.State) && !RunQueries.All(db).Any(later => later.BatchId == run.BatchId && later.Id > run.Id)
            orderby run.Id
            select new { run.Id, run.BatchId }).ToListAsync(cancellationToken);
        foreach (var run in unfinished)
        {
            // Nothing is prepared yet: it looks for its people before it writes.
            if (await LedgerMoves.FindNodeAsync(db, run.BatchId, cancellationToken) is not { } node)
                continue;
            // One plan at a time: each may be as large as a pool.
            var document = await RunQueries.All(db).Where(x => x.Id == run.Id).Select(x => x.Document).SingleAsync(cancellationToken);
            foreach (var person in PlanDocument.Read(document).Principals.Select(x => x.NewId).OfType<int>())
                awaited.TryAdd(person, node);
        }

        return awaited;
    }
}
