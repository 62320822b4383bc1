using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Jobs;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.Rooms.Scanning;
using MigrationPortal.Ui;

namespace MigrationPortal.Runs;

/// <summary>Twice a minute: tells once of each standstill of a run, by what the inbox shows; a database that does not answer is told to administrators as well.</summary>
internal sealed class RunTroubleNotices(RunTroubles troubles, IDbContextFactory<PortalDbContext> databases, PoolNotices pools, NoticeOutbox outbox, TimeProvider clock) : IUnfinishedWork
{
    /// <summary>How the keys of outages that runs met begin; the run's number follows.</summary>
    public const string OfRun = "run:";

    public static string KeyOf(RunTrouble run) => $"run-stalled:{StandstillOf(run)}";

    /// <summary>Of the outage that it met, within its pool pair.</summary>
    public static string OutageKeyOf(RunTrouble run) => OfRun + StandstillOf(run);

    public Task EnqueueAsync(JobQueue jobs, CancellationToken cancellationToken) => TellAsync(cancellationToken);

    /// <returns>How many were sent now.</returns>
    public async Task<int> TellAsync(CancellationToken cancellationToken)
    {
        var told = 0;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        foreach (var run in await troubles.ListAsync(null, cancellationToken))
        {
            if (run.StalledSince is not { } since)
                continue;
            if (run.Outage is { } outage)
                told += await pools.TellAsync(db, run.PoolPairId, OutageKeyOf(run), since, outage, cancellationToken) ? 1 : 0;
            told += await outbox.TellOnceAsync(db, Of(run), cancellationToken) ? 1 : 0;
        }

        return told;
    }

    // Until it makes progress it is one standstill, whoever works on it.
    private static string StandstillOf(RunTrouble run) => string.Create(CultureInfo.InvariantCulture, $"{run.RunId}:{run.Progress}");

    private NoticeEvent Of(RunTrouble run) => new()
    {
        Kind = RunNotices.Stalled,
        Subject = BatchSubject.Of(run.BatchId),
        PoolPairId = run.PoolPairId,
        By = Caller.Portal.Name,
        At = clock.GetUtcNow(),
        Title = run.BatchName,
        Sentence = new("Notice.RunStalled"),
        Detail = run.Outage,
        Url = Urls.Batch(run.BatchId, "run", run.PoolPairId),
        OnceKey = KeyOf(run),
    };
}
