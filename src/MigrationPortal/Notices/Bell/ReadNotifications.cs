using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Live;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Notices.Bell;

/// <param name="Ids">Null: all up to <paramref name="UpTo"/>.</param>
/// <param name="UpTo">The newest one that was seen, so that one that comes in between stays unread; null: all.</param>
internal sealed record ReadNotifications(IReadOnlyList<long>? Ids, long? UpTo = null);

/// <summary>Marks a person's own notifications as read; others' numbers change nothing.</summary>
internal sealed class ReadNotificationsHandler(IDbContextFactory<PortalDbContext> databases, LiveFeed feed, TimeProvider clock)
{
    /// <returns>How many are unread afterwards.</returns>
    public async Task<Outcome<long>> HandleAsync(ReadNotifications request, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await CallerPerson.FindAsync(db, caller, cancellationToken) is not { } person)
            return 0L;
        var unread = db.Set<Notification>().Where(x => x.PersonId == person && x.ReadAt == null);
        var meant = request.Ids?.ToArray() is { } ids ? unread.Where(x => ids.Contains(x.Id)) : request.UpTo is { } last ? unread.Where(x => x.Id <= last) : unread;
        var now = clock.GetUtcNow();
        if (await meant.ExecuteUpdateAsync(set => set.SetProperty(x => x.ReadAt, now), cancellationToken) > 0)
            feed.Announce($"person:{person}");
        return await unread.LongCountAsync(cancellationToken);
    }
}
