using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MigrationPortal.Data;
using MigrationPortal.Notices.Deliveries;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.Notices.Preferences;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Notices.Mail;

/// <summary>Keeps a mail for each person who wants one of that kind and has an address in the directory.</summary>
internal sealed class MailChannel(NoticeKinds kinds, IOptions<NotificationsOptions> options, DeliveryWake wake, TimeProvider clock) : INoticeChannel
{
    public async Task AddAsync(PortalDbContext db, NoticeEvent happened, IReadOnlyCollection<long> people, CancellationToken cancellationToken)
    {
        if (!options.Value.HasMail || people.Count == 0)
            return;
        var ids = people.ToArray();
        var wishes = await db.Set<NoticePreferences>().AsNoTracking().Where(x => ids.Contains(x.PersonId)).ToDictionaryAsync(x => x.PersonId, cancellationToken);
        var reached = await PeopleReads.All(db).Where(x => ids.Contains(x.Id) && x.Mail != null).Select(x => new { x.Id, x.Zone }).ToListAsync(cancellationToken);
        var (kind, now) = (kinds.Find(happened.Kind), clock.GetUtcNow());
        foreach (var person in reached)
        {
            var wish = wishes.GetValueOrDefault(person.Id);
            var mode = kind is null or { IsMandatory: true } ? NoticeMode.Now : wish?.Modes.GetValueOrDefault(kind.Name, kind.Default) ?? kind.Default;
            if (mode == NoticeMode.Off)
                continue;
            db.Add(new Delivery
            {
                EventId = happened.Id,
                PersonId = person.Id,
                Channel = Delivery.Mail,
                State = mode == NoticeMode.Digest ? DeliveryState.Held : DeliveryState.Waiting,
                CreatedAt = now,
                NextAt = NoticePreferences.SendableAt(now, kind, wish, person.Zone),
            });
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    public void Wake() => wake.Signal();
}
