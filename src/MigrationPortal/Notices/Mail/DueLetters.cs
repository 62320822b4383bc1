using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MigrationPortal.Data;
using MigrationPortal.Notices.Deliveries;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.Notices.Preferences;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Notices.Mail;

/// <summary>What becomes of mails that were taken to be sent.</summary>
/// <param name="Settled">They say nothing to their person any more.</param>
/// <param name="Quiet">Their person wants no mail now, by the time at which that ends.</param>
internal sealed record SortedMails(IReadOnlyList<MailLetter> Due, IReadOnlyList<long> Settled, ILookup<DateTimeOffset, long> Quiet);

/// <summary>Which of the mails that are due still say something to their person, and which of them go as one.</summary>
internal sealed class DueLetters(
    IDbContextFactory<PortalDbContext> databases, NoticeAudiences audiences, IEnumerable<ISettledNotices> settled, NoticeKinds kinds, PeopleRights people,
    IEnumerable<INoticeExcerpt> excerpts, NoticeStates states,
    IOptions<NotificationsOptions> options, TimeProvider clock)
{
    /// <summary>More than that at once for a person, as after an outage, become one.</summary>
    public const int MostApart = 5;

    public async Task<SortedMails> ReadAsync(IReadOnlyList<Delivery> taken, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var ids = taken.Select(x => x.EventId).Distinct().ToArray();
        var persons = taken.Select(x => x.PersonId!.Value).Distinct().ToArray();
        var events = await db.Set<NoticeEvent>().AsNoTracking().Where(x => ids.Contains(x.Id)).ToDictionaryAsync(x => x.Id, cancellationToken);
        var to = await PeopleReads.All(db).Where(x => persons.Contains(x.Id) && x.Mail != null && x.Barred == null).ToDictionaryAsync(x => x.Id, cancellationToken);
        var read = (await db.Set<Notification>().AsNoTracking().Where(x => ids.Contains(x.EventId) && persons.Contains(x.PersonId) && x.ReadAt != null)
            .Select(x => new { x.EventId, x.PersonId }).ToListAsync(cancellationToken)).Select(x => (x.EventId, x.PersonId)).ToHashSet();
        var known = await people.ListAsync(db, persons, cancellationToken);
        var concerned = new Dictionary<long, IReadOnlySet<long>>();
        foreach (var happened in events.Values)
            concerned[happened.Id] = await IsSettledAsync(db, happened, cancellationToken) ? new HashSet<long>() : await audiences.FindAsync(db, happened, known, cancellationToken);
        var telling = taken.Where(x => to.ContainsKey(x.PersonId!.Value) && concerned[x.EventId].Contains(x.PersonId.Value) && !read.Contains((x.EventId, x.PersonId.Value))).ToList();
        // Asked again: since a mail was made, its digest, an outage or a retry may have brought it into the quiet hours.
        var wishes = await db.Set<NoticePreferences>().AsNoTracking().Where(x => persons.Contains(x.PersonId)).ToDictionaryAsync(x => x.PersonId, cancellationToken);
        var now = clock.GetUtcNow();
        var at = telling.ToDictionary(
            x => x.Id, x => NoticePreferences.SendableAt(now, kinds.Find(events[x.EventId].Kind), wishes.GetValueOrDefault(x.PersonId!.Value), to[x.PersonId!.Value].Zone));
        var due = telling.FindAll(x => at[x.Id] <= now);
        var quoted = await QuoteAsync(db, due.Select(x => events[x.EventId]).Distinct(), cancellationToken);
        var current = await states.FindAsync(db, [.. due.Select(x => events[x.EventId].Subject).Distinct()], cancellationToken);
        return new(
            [.. due.OrderBy(x => x.Id).GroupBy(x => x.PersonId!.Value).SelectMany(x => Together([.. x]).Select(one => new MailLetter(to[x.Key], [.. one.Select(d => (d, events[d.EventId]))]) { Excerpts = quoted, States = current }))],
            [.. taken.Except(telling).Select(x => x.Id)],
            telling.Where(x => at[x.Id] > now).ToLookup(x => at[x.Id], x => x.Id));
    }

    private async Task<bool> IsSettledAsync(PortalDbContext db, NoticeEvent happened, CancellationToken cancellationToken)
    {
        foreach (var one in settled)
        {
            if (one.Knows(happened.Kind) && await one.IsSettledAsync(db, happened, cancellationToken))
                return true;
        }

        return false;
    }

    private async Task<IReadOnlyDictionary<long, string>> QuoteAsync(PortalDbContext db, IEnumerable<NoticeEvent> happened, CancellationToken cancellationToken)
    {
        var quoted = new Dictionary<long, string>();
        foreach (var one in options.Value.CommentExcerpts ? happened : [])
        {
            foreach (var source in excerpts)
            {
                if (await source.FindAsync(db, one, cancellationToken) is { } text)
                    quoted[one.Id] = text;
            }
        }

        return quoted;
    }

    private static IEnumerable<IEnumerable<Delivery>> Together(List<Delivery> ofPerson)
    {
        var grouped = ofPerson.Where(x => x.GroupKey is not null).GroupBy(x => x.GroupKey, StringComparer.Ordinal);
        var apart = ofPerson.FindAll(x => x.GroupKey is null);
        return grouped.Concat(apart.Count > MostApart ? [apart] : apart.Select(x => (IEnumerable<Delivery>)[x]));
    }
}
