using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Runs;

namespace MigrationPortal.Windows.Scheduling;

/// <summary>How long a run will take, by the fastest and the slowest of the last ones of its kind in the pool pair.</summary>
/// <param name="Runs">How many it is judged by.</param>
internal sealed record RunEstimate(TimeSpan Shortest, TimeSpan Longest, int Runs)
{
    private const int LatestRuns = 5;

    private const int LatestDeltas = 20;

    // Fewer messages measure how long a run takes to begin, not how fast it copies or reads.
    private const int FewestMessages = 1000;

    /// <summary>Of a first run. Null where no run tells.</summary>
    public static Task<RunEstimate?> FindAsync(PortalDbContext db, string poolPairId, long messages, CancellationToken cancellationToken) =>
        FindAsync(db, poolPairId, messages, isMove: true, LatestRuns, cancellationToken);

    /// <summary>Of deltas and final deltas, which read every message again, whether it is new or not. Null where none tells.</summary>
    public static Task<RunEstimate?> FindOfDeltasAsync(PortalDbContext db, string poolPairId, long messages, CancellationToken cancellationToken) =>
        FindAsync(db, poolPairId, messages, isMove: false, LatestDeltas, cancellationToken);

    private static async Task<RunEstimate?> FindAsync(PortalDbContext db, string poolPairId, long messages, bool isMove, int latest, CancellationToken cancellationToken)
    {
        var done = await (
            from run in RunQueries.All(db)
            join batch in BatchReads.All(db) on run.BatchId equals batch.Id
            where batch.PoolPairId == poolPairId && (run.Kind == RunKind.Move) == isMove && run.FinishedAt != null
                && (run.State == RunState.Completed || run.State == RunState.CompletedWithFindings)
            orderby run.Id descending
            select new
            {
                run.Id,
                run.StartedAt,
                FinishedAt = run.FinishedAt!.Value,
                Messages = RunQueries.Transfers(db).Where(x => x.RunId == run.Id).Sum(x => isMove ? x.CopiedMessageCount : x.VerifiedMessageCount),
            })
            .Where(x => x.Messages >= FewestMessages).Take(latest).ToListAsync(cancellationToken);
        var worked = await WorkedTimes.FindAsync(db, [.. done.Select(x => x.Id)], cancellationToken);
        return Of(messages, done.ConvertAll(x => (x.Messages, worked.GetValueOrDefault(x.Id, x.FinishedAt - x.StartedAt))));
    }

    public static RunEstimate? Of(long messages, IReadOnlyCollection<(long Messages, TimeSpan Took)> done)
    {
        var each = done.Where(x => x.Took > TimeSpan.Zero).Select(x => x.Took.TotalSeconds / x.Messages).ToList();
        return each.Count == 0 ? null : new(TimeSpan.FromSeconds(messages * each.Min()), TimeSpan.FromSeconds(messages * each.Max()), each.Count);
    }
}
