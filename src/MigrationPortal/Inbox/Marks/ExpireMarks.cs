using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Jobs;
using MigrationPortal.Live;

namespace MigrationPortal.Inbox.Marks;

/// <summary>Twice a minute: deletes claims and snoozes that are over, and open pages show it.</summary>
internal sealed class ExpireMarks(IDbContextFactory<PortalDbContext> databases, LiveFeed feed, TimeProvider clock) : IUnfinishedWork
{
    // A snooze without a time, of an item that was settled since, is of no use to anybody.
    private static readonly TimeSpan _longest = TimeSpan.FromDays(90);

    public Task EnqueueAsync(JobQueue jobs, CancellationToken cancellationToken) => ExpireAsync(cancellationToken);

    public async Task<int> ExpireAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var oldest = now - _longest;
        var over = await db.Set<Claim>().Where(x => x.Until <= now).ExecuteDeleteAsync(cancellationToken)
            + await db.Set<Snooze>().Where(x => x.Until <= now || x.At < oldest).ExecuteDeleteAsync(cancellationToken);
        if (over > 0)
            feed.Announce(InboxMarks.Topic);
        return over;
    }
}
