using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Notices.Deliveries;
using MigrationPortal.SignIn.People;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.Notices.Preferences;

/// <summary>Makes what was held back for a person one mail, once a day of theirs: in the first pass after their time, to be sent outside their quiet hours.</summary>
internal sealed class SendDigests(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    private const int Most = 1000;

    /// <returns>How many people get one now.</returns>
    public async Task<int> HandleAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var held = await (
            from person in PeopleReads.All(db)
            where db.Set<Delivery>().Any(x => x.PersonId == person.Id && x.State == DeliveryState.Held)
            join wish in db.Set<NoticePreferences>().AsNoTracking() on person.Id equals wish.PersonId into wishes
            from wish in wishes.DefaultIfEmpty()
            orderby person.Id
            select new { person.Id, person.Zone, Wish = wish }).Take(Most).ToListAsync(cancellationToken);
        var (now, sent) = (clock.GetUtcNow(), 0);
        foreach (var person in held)
        {
            var local = TimeZoneInfo.ConvertTime(now, Clock.Of(person.Zone).Zone).DateTime;
            if (TimeOnly.FromDateTime(local) >= (person.Wish?.DigestAt ?? NoticePreferences.DefaultDigest) && await TakeAsync(person.Id, DateOnly.FromDateTime(local), now, person.Wish?.AfterQuiet(now, person.Zone) ?? now, cancellationToken))
                sent++;
        }

        return sent;
    }

    private async Task<bool> TakeAsync(long person, DateOnly day, DateTimeOffset now, DateTimeOffset nextAt, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.Database.ExecuteSqlAsync($"insert into portal.notice_digests (person_id, day) values ({person}, {day}) on conflict do nothing", cancellationToken) == 0)
            return false;
        var group = "digest:" + day.ToString("O", CultureInfo.InvariantCulture);
        await db.Set<Delivery>().Where(x => x.PersonId == person && x.State == DeliveryState.Held).ExecuteUpdateAsync(
            set => set.SetProperty(x => x.State, DeliveryState.Waiting).SetProperty(x => x.GroupKey, group).SetProperty(x => x.NextAt, nextAt).SetProperty(x => x.CreatedAt, now), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
