using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Jobs;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.PoolPairs;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.Rooms.Scanning;

/// <summary>
/// Twice a minute: tells administrators of each pool pair that could not be scanned, once until a scan completes again. A run that waits for a
/// pool is told of the same way, so that one outage is one notice.
/// </summary>
internal sealed class PoolNotices(IDbContextFactory<PortalDbContext> databases, PoolPairQueries pairs, NoticeOutbox outbox, TimeProvider clock) : IUnfinishedWork
{
    public const string Unreachable = "PoolUnreachable";

    /// <param name="key">Of the outage, within its pool pair.</param>
    public static string KeyOf(string poolPairId, string key) => $"pool-unreachable:{poolPairId}:{key}";

    public Task EnqueueAsync(JobQueue jobs, CancellationToken cancellationToken) => TellAsync(cancellationToken);

    /// <returns>How many were sent now.</returns>
    public async Task<int> TellAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var scans = db.Set<Scan>().AsNoTracking();
        var failed = await scans
            .Where(x => x.State == ScanState.Failed && !scans.Any(later => later.PoolPairId == x.PoolPairId && later.Id > x.Id))
            .Select(x => new
            {
                x.PoolPairId,
                x.Error,
                Good = scans.Where(good => good.PoolPairId == x.PoolPairId && good.State == ScanState.Completed).OrderByDescending(good => good.Id).FirstOrDefault(),
            }).ToListAsync(cancellationToken);
        var told = 0;
        foreach (var one in failed)
        {
            var key = $"scan:{(one.Good?.Id ?? 0).ToString(CultureInfo.InvariantCulture)}";
            told += await TellAsync(db, one.PoolPairId, key, one.Good?.FinishedAt ?? DateTimeOffset.MinValue, one.Error, cancellationToken) ? 1 : 0;
        }

        return told;
    }

    /// <param name="key">Of the outage, within its pool pair.</param>
    /// <param name="lastGood">When the pools were last known to answer: a notice since then was about this outage.</param>
    public async Task<bool> TellAsync(PortalDbContext db, string poolPairId, string key, DateTimeOffset lastGood, Wording? detail, CancellationToken cancellationToken)
    {
        if (await pairs.FindAsync(poolPairId, cancellationToken) is not { } pair || await NoticeOutbox.WasToldAsync(db, Unreachable, poolPairId, lastGood, cancellationToken))
            return false;
        var happened = new NoticeEvent
        {
            Kind = Unreachable,
            Subject = $"pool-pair:{poolPairId}",
            PoolPairId = poolPairId,
            By = Caller.Portal.Name,
            At = clock.GetUtcNow(),
            Title = pair.Name,
            Sentence = new("Notice.PoolUnreachable"),
            Detail = detail,
            Url = Urls.AdministrationOf("connections", poolPairId),
            OnceKey = KeyOf(poolPairId, key),
        };
        return await outbox.TellOnceAsync(db, happened, cancellationToken);
    }
}
