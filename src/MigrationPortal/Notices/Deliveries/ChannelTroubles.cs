using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Notices.Webhooks;

namespace MigrationPortal.Notices.Deliveries;

/// <param name="Webhook">Null for mail.</param>
/// <param name="Error">What the other side said last.</param>
internal sealed record ChannelTrouble(string Channel, string? Webhook, DateTimeOffset Since, Wording? Error);

/// <summary>Channels that do not deliver now: a mail server that cannot be used, and webhooks that were given up on and took nothing since.</summary>
internal sealed class ChannelTroubles(IDbContextFactory<PortalDbContext> databases, ChannelStates channels, IOptions<NotificationsOptions> options, TimeProvider clock)
{
    // Shorter outages of the mail server need nobody.
    private static readonly TimeSpan _awayFor = TimeSpan.FromMinutes(15);

    /// <summary>Null where mail is delivered, has been away for a moment only, or is not configured.</summary>
    public async Task<ChannelTrouble?> FindMailAsync(CancellationToken cancellationToken) =>
        options.Value.HasMail && await channels.FindAsync(Delivery.Mail, cancellationToken) is { DownSince: { } since } mail && clock.GetUtcNow() - since > _awayFor
            ? new(Delivery.Mail, null, since, mail.Error)
            : null;

    /// <returns>One for mail, and at most one for each webhook.</returns>
    public async Task<IReadOnlyList<ChannelTrouble>> ListAsync(CancellationToken cancellationToken)
    {
        var found = new List<ChannelTrouble>();
        if (await FindMailAsync(cancellationToken) is { } mail)
            found.Add(mail);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var dead = await GivenUp(db).GroupBy(x => x.Channel)
            .Select(x => new { Channel = x.Key, Since = x.Min(one => one.CreatedAt), Last = x.Max(one => one.Id) }).ToDictionaryAsync(x => x.Channel, StringComparer.Ordinal, cancellationToken);
        if (dead.Count == 0)
            return found;
        var last = dead.Values.Select(x => x.Last).ToArray();
        var errors = await db.Set<Delivery>().AsNoTracking().Where(x => last.Contains(x.Id)).Select(x => new { x.Id, x.Error }).ToDictionaryAsync(x => x.Id, x => x.Error, cancellationToken);
        var hooks = await db.Set<Webhook>().AsNoTracking().OrderBy(x => x.Id).ToListAsync(cancellationToken);
        foreach (var hook in hooks)
        {
            if (dead.TryGetValue(hook.Channel, out var of))
                found.Add(new(hook.Channel, hook.Name, of.Since, errors.GetValueOrDefault(of.Last)));
        }

        return found;
    }

    /// <summary>The key of a webhook's outage, which lasts until something is taken again.</summary>
    public static async Task<string> OutageAsync(PortalDbContext db, string channel, CancellationToken cancellationToken)
    {
        var taken = await db.Set<Delivery>().Where(x => x.Channel == channel && x.State == DeliveryState.Sent).MaxAsync(x => (long?)x.Id, cancellationToken) ?? 0;
        return string.Create(CultureInfo.InvariantCulture, $"channel-dead:{channel}:{taken}");
    }

    // A webhook that took a later event works again, whatever it lost before.
    private static IQueryable<Delivery> GivenUp(PortalDbContext db) => db.Set<Delivery>().AsNoTracking()
        .Where(x => x.State == DeliveryState.Dead && x.Channel != Delivery.Mail
            && !db.Set<Delivery>().Any(later => later.Channel == x.Channel && later.State == DeliveryState.Sent && later.Id > x.Id));
}
