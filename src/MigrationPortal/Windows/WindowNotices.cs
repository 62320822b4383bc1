using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Jobs;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.PoolPairs;
using MigrationPortal.Runs;
using MigrationPortal.Ui;
using MigrationPortal.Windows.Scheduling;

namespace MigrationPortal.Windows;

/// <summary>
/// Twice a minute: tells operators once of each window that opens within an hour and for which something waits: approved batches, or runs that a window
/// paused. Within that hour what they confirm holds.
/// </summary>
internal sealed class WindowNotices(
    IDbContextFactory<PortalDbContext> databases, WindowQueries windows, ScheduleQueries schedules, PoolPairQueries pairs, NoticeOutbox outbox, TimeProvider clock) : IUnfinishedWork
{
    public const string Opens = "WindowOpens";

    private static readonly BatchState[] _ready = [BatchState.Approved, BatchState.Scheduled];

    public Task EnqueueAsync(JobQueue jobs, CancellationToken cancellationToken) => TellAsync(cancellationToken);

    /// <returns>How many were sent now.</returns>
    public async Task<int> TellAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var waiting = await BatchReads.All(db)
            .Where(x => _ready.Contains(x.State) || RunQueries.All(db).Any(run => run.BatchId == x.Id && run.State == RunState.Paused && run.PauseCause == PauseCause.Window))
            .GroupBy(x => x.PoolPairId).Select(x => new { Pair = x.Key, Count = x.Count() }).ToListAsync(cancellationToken);
        if (waiting.Count == 0)
            return 0;
        var (of, now, told) = (await windows.ReadAllAsync(cancellationToken), clock.GetUtcNow(), 0);
        foreach (var one in waiting)
        {
            var own = of(one.Pair);
            if (own.IsOpen(now) || own.FindNext(now) is not { } next || next.From - now > ScheduleTimes.StoppedFor)
                continue;
            told += await TellAsync(db, one.Pair, next.From, one.Count, cancellationToken) ? 1 : 0;
        }

        return told;
    }

    /// <summary>When the window opens that a notice tells of.</summary>
    public static DateTimeOffset? FindOpening(NoticeEvent happened) =>
        happened is { OnceKey: { } key, PoolPairId: { } pair } && key.StartsWith(Key(pair), StringComparison.Ordinal)
            && DateTimeOffset.TryParseExact(key.AsSpan(Key(pair).Length), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var opens) ? opens : null;

    private static string Key(string poolPairId) => $"window-opens:{poolPairId}:";

    private async Task<bool> TellAsync(PortalDbContext db, string poolPairId, DateTimeOffset opens, int count, CancellationToken cancellationToken)
    {
        var key = Key(poolPairId) + opens.ToString("O", CultureInfo.InvariantCulture);
        // Each sweep of the hour before comes here again.
        if (await NoticeOutbox.Told(db).ContainsAsync(key, cancellationToken) || await pairs.FindAsync(poolPairId, cancellationToken) is not { } pair)
            return false;
        var unconfirmed = (await schedules.ListAsync(poolPairId, cancellationToken)).Count(x => x.Start?.From == opens && x.Unconfirmed.Count > 0);
        var happened = new NoticeEvent
        {
            Kind = Opens,
            Subject = $"pool-pair:{poolPairId}",
            PoolPairId = poolPairId,
            By = Caller.Portal.Name,
            At = clock.GetUtcNow(),
            Title = pair.Name,
            Sentence = unconfirmed > 0 ? new Wording("Notice.WindowOpensUnconfirmed", unconfirmed, opens) : new Wording("Notice.WindowOpens", count, opens),
            Url = Urls.Batches(poolPairId),
            OnceKey = key,
        };
        return await outbox.TellOnceAsync(db, happened, cancellationToken);
    }
}
