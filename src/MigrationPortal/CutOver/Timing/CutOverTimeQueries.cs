using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Runs;
using MigrationPortal.Windows.Scheduling;

namespace MigrationPortal.CutOver.Timing;

internal sealed class CutOverTimeQueries(IDbContextFactory<PortalDbContext> databases)
{
    private const int Latest = 20;

    // Fewer messages measure how long a run takes to begin, not how fast it reads.
    private const int FewestMessages = 1000;

    /// <summary>Null where it was never planned.</summary>
    public async Task<CutOverTime?> FindAsync(string poolPairId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<CutOverTime>().AsNoTracking().SingleOrDefaultAsync(x => x.PoolPairId == poolPairId, cancellationToken);
    }

    /// <summary>
    /// How long final deltas of batches with that many messages will take, by the fastest and the slowest of the last deltas and final deltas
    /// of the pool pair: these read every message again, whether it is new or not. Null where none tells.
    /// </summary>
    public async Task<RunEstimate?> EstimateAsync(string poolPairId, long messages, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var done = await (
            from run in RunQueries.All(db)
            join batch in BatchReads.All(db) on run.BatchId equals batch.Id
            where batch.PoolPairId == poolPairId && run.Kind != RunKind.Move && run.FinishedAt != null
                && (run.State == RunState.Completed || run.State == RunState.CompletedWithFindings)
            orderby run.Id descending
            select new { run.StartedAt, FinishedAt = run.FinishedAt!.Value, Messages = RunQueries.Transfers(db).Where(x => x.RunId == run.Id).Sum(x => x.VerifiedMessageCount) })
            .Where(x => x.Messages >= FewestMessages).Take(Latest).ToListAsync(cancellationToken);
        return RunEstimate.Of(messages, done.ConvertAll(x => (x.Messages, x.FinishedAt - x.StartedAt)));
    }
}
