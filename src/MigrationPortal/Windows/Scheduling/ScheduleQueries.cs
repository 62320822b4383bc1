using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.PoolPairs;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Starting;

namespace MigrationPortal.Windows.Scheduling;

/// <param name="Schedule">Of a batch that is scheduled, or whose scheduled start was missed since.</param>
/// <param name="Unconfirmed">What must be confirmed again for the next start.</param>
internal sealed record ScheduledBatch(Batch Batch, Schedule Schedule, NextSpan? Start, IReadOnlyList<string> Unconfirmed);

internal sealed class ScheduleQueries(IDbContextFactory<PortalDbContext> databases, WindowQueries windows, PoolPairCatalog catalog, TimeProvider clock)
{
    // A count, not a length of a list: a room is in one open batch at most, so this is more than the largest pool (33 077 rooms) can reach.
    private const int Most = 50_000;

    public async Task<Schedule?> FindAsync(long batchId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Current(db).FirstOrDefaultAsync(x => x.BatchId == batchId, cancellationToken);
    }

    /// <summary>Without those that an earlier round of their batch missed: a plan that was submitted since has no schedule of its own.</summary>
    public static IQueryable<Schedule> Current(PortalDbContext db) => db.Set<Schedule>().AsNoTracking()
        .Where(x => x.MissedAt == null || !BatchReads.Events(db).Any(e => e.BatchId == x.BatchId && e.Kind == BatchEventKinds.Submitted && e.At > x.MissedAt));

    /// <summary>Those that wait for their time, and those that missed it and still are approved.</summary>
    /// <param name="poolPairId">Null: of all pairs.</param>
    public async Task<IReadOnlyList<ScheduledBatch>> ListAsync(string? poolPairId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await (
            from schedule in Current(db)
            join batch in BatchReads.All(db) on schedule.BatchId equals batch.Id
            where (poolPairId == null || batch.PoolPairId == poolPairId)
                && ((batch.State == BatchState.Scheduled && schedule.MissedAt == null) || (batch.State == BatchState.Approved && schedule.MissedAt != null))
            orderby schedule.BatchId
            select new { batch, schedule }).Take(Most).ToListAsync(cancellationToken);
        if (rows.Count == 0)
            return [];
        var (of, now) = (await windows.ReadAllAsync(cancellationToken), clock.GetUtcNow());
        return [.. rows.Select(x => Of(x.batch, x.schedule, of(x.batch.PoolPairId), now))];
    }

    private ScheduledBatch Of(Batch batch, Schedule schedule, PairWindows of, DateTimeOffset now)
    {
        var next = ScheduleTimes.FindStart(schedule, of, now);
        var needed = catalog.Find(batch.PoolPairId) is { } pair ? RunConfirmations.Needed(pair) : [];
        return new(batch, schedule, next, next is { } start ? ScheduleTimes.FindUnconfirmed(schedule, needed, start.From) : []);
    }
}
