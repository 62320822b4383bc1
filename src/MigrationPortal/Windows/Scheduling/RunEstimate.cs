using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Runs;

namespace MigrationPortal.Windows.Scheduling;

/// <summary>How long a first run will take, by the fastest and the slowest of the last ones in the pool pair.</summary>
/// <param name="Runs">How many it is judged by.</param>
internal sealed record RunEstimate(TimeSpan Shortest, TimeSpan Longest, int Runs)
{
    private const int Latest = 5;

    // Fewer messages measure how long a run takes to begin, not how fast it copies.
    private const int FewestMessages = 1000;

    /// <summary>Null where no run tells.</summary>
    public static async Task<RunEstimate?> FindAsync(PortalDbContext db, string poolPairId, long messages, CancellationToken cancellationToken)
    {
        var done = await (
            from run in RunQueries.All(db)
            join batch in BatchReads.All(db) on run.BatchId equals batch.Id
            where batch.PoolPairId == poolPairId && run.Kind == RunKind.Move && run.FinishedAt != null
                && (run.State == RunState.Completed || run.State == RunState.CompletedWithFindings)
            orderby run.Id descending
            select new { run.StartedAt, FinishedAt = run.FinishedAt!.Value, Messages = RunQueries.Transfers(db).Where(x => x.RunId == run.Id).Sum(x => x.CopiedMessageCount) })
            .Where(x => x.Messages >= FewestMessages).Take(Latest).ToListAsync(cancellationToken);
        return Of(messages, done.ConvertAll(x => (x.Messages, x.FinishedAt - x.StartedAt)));
    }

    public static RunEstimate? Of(long messages, IReadOnlyCollection<(long Messages, TimeSpan Took)> done)
    {
        var each = done.Where(x => x.Took > TimeSpan.Zero).Select(x => x.Took.TotalSeconds / x.Messages).ToList();
        return each.Count == 0 ? null : new(TimeSpan.FromSeconds(messages * each.Min()), TimeSpan.FromSeconds(messages * each.Max()), each.Count);
    }
}
