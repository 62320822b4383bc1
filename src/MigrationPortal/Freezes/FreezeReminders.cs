using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Jobs;
using MigrationPortal.Live;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.PoolPairs;
using MigrationPortal.Ui;

namespace MigrationPortal.Freezes;

/// <summary>Twice a minute: tells once that the planned end of a freeze has passed. Nothing is lifted: that is decided by a person.</summary>
internal sealed class FreezeReminders(
    IDbContextFactory<PortalDbContext> databases, FreezeQueries freezes, PoolPairQueries pairs, NoticeOutbox outbox, LiveFeed feed, TimeProvider clock) : IUnfinishedWork
{
    public const string Over = "FreezeOver";

    public Task EnqueueAsync(JobQueue jobs, CancellationToken cancellationToken) => TellAsync(cancellationToken);

    /// <returns>How many were sent now.</returns>
    public async Task<int> TellAsync(CancellationToken cancellationToken)
    {
        var told = 0;
        var over = await freezes.ListOverAsync(clock.GetUtcNow(), cancellationToken);
        if (over.Count == 0)
            return 0;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        foreach (var freeze in over)
            told += await outbox.TellOnceAsync(db, await OfAsync(freeze, cancellationToken), cancellationToken) ? 1 : 0;
        // Open inboxes get their line at the moment of the notice.
        if (told > 0)
            feed.Announce(SetFreezeHandler.Topic);
        return told;
    }

    private async Task<NoticeEvent> OfAsync(Freeze freeze, CancellationToken cancellationToken)
    {
        var pair = freeze.Scope == Freeze.All ? null : await pairs.FindAsync(freeze.Scope, cancellationToken);
        return new()
        {
            Kind = Over,
            Subject = $"freeze:{freeze.Scope}",
            PoolPairId = pair?.Id,
            By = Caller.Portal.Name,
            At = clock.GetUtcNow(),
            Title = pair?.Name ?? "MigrationPortal",
            Sentence = new("Notice.FreezeOver", freeze.Until!.Value),
            Detail = Engine.Wording.OfText(freeze.Reason),
            Url = Urls.Freeze(),
            // Another end, and another freeze, is another reminder.
            OnceKey = string.Create(CultureInfo.InvariantCulture, $"freeze-over:{freeze.Scope}:{freeze.At:O}:{freeze.Until:O}"),
        };
    }
}
