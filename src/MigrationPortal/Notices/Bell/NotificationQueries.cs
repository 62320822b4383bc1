using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Notices.Bell;

/// <param name="Title">What it is about: the name of a batch.</param>
/// <param name="Url">Within the portal.</param>
public sealed record NotificationRow(long Id, string Kind, DateTimeOffset At, DateTimeOffset? ReadAt, string Title, Wording Sentence, Wording? Detail, string Url);

/// <param name="PersonId">Null for whoever never signed in, who has no bell.</param>
public sealed record BellView(long? PersonId, long Total, long Unread, IReadOnlyList<NotificationRow> Items);

/// <summary>What a person was told, newest first.</summary>
internal sealed class NotificationQueries(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<BellView> ListAsync(Caller caller, bool onlyUnread, Paging paging, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await CallerPerson.FindAsync(db, caller, cancellationToken) is not { } person)
            return new(null, 0, 0, []);
        var own = db.Set<Notification>().AsNoTracking().Where(x => x.PersonId == person);
        var unread = own.Where(x => x.ReadAt == null);
        var asked = onlyUnread ? unread : own;
        var items = await (
            from notification in asked.OrderByDescending(x => x.Id).Skip(paging.Skip).Take(paging.Take)
            join happened in db.Set<NoticeEvent>() on notification.EventId equals happened.Id
            orderby notification.Id descending
            select new NotificationRow(notification.Id, happened.Kind, happened.At, notification.ReadAt, happened.Title, happened.Sentence, happened.Detail, happened.Url))
            .ToListAsync(cancellationToken);
        return new(person, await asked.LongCountAsync(cancellationToken), await unread.LongCountAsync(cancellationToken), items);
    }
}
