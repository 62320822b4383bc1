using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Notices.Deliveries;

namespace MigrationPortal.Notices.Webhooks;

/// <summary>Sends what is due to each receiver in turn, oldest first; one that takes nothing keeps no other waiting. An event that fails is tried eleven times within about 28 hours and then given up; the webhook itself is never switched off.</summary>
internal sealed class SendWebhooksHandler(IDbContextFactory<PortalDbContext> databases, DeliveryClaims claims, WebhookClient client, DeadWebhooks dead, TimeProvider clock)
{
    private const int Most = 20;

    private static readonly TimeSpan[] _pauses =
    [
        TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4), TimeSpan.FromHours(8), TimeSpan.FromHours(12),
    ];

    /// <returns>How many were taken by their receivers.</returns>
    public async Task<int> HandleAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await DropOrphansAsync(db, cancellationToken);
        var taken = 0;
        foreach (var hook in await db.Set<Webhook>().AsNoTracking().OrderBy(x => x.Id).ToListAsync(cancellationToken))
            taken += await SendAsync(hook, cancellationToken);
        return taken;
    }

    private async Task<int> SendAsync(Webhook hook, CancellationToken cancellationToken)
    {
        var count = 0;
        while (await claims.TakeAsync(hook.Channel, Most, cancellationToken) is { Count: > 0 } due)
        {
            var (taken, isSilent) = await SendAsync(hook, [.. due.OrderBy(x => x.Id)], cancellationToken);
            count += taken;
            if (taken == 0 || isSilent)
                break;
        }

        return count;
    }

    private async Task<(int Taken, bool IsSilent)> SendAsync(Webhook hook, Delivery[] due, CancellationToken cancellationToken)
    {
        var count = 0;
        for (var i = 0; i < due.Length; i++)
        {
            var answer = await client.PostAsync(hook, $"delivery-{due[i].Id.ToString(CultureInfo.InvariantCulture)}", due[i].Body!, cancellationToken);
            if (answer.IsTaken)
                count += await claims.SettleAsync([due[i].Id], DeliveryState.Sent, answer.Answer, cancellationToken);
            else
                await RetryLaterAsync(hook, due[i], answer.Answer, cancellationToken);
            if (!answer.IsSilent)
                continue;
            // Each of the others would wait as long for nothing. It was no attempt of theirs: they stay due.
            await claims.GiveBackAsync([.. due.Skip(i + 1).Select(x => x.Id)], null, answer.Answer, cancellationToken);
            return (count, true);
        }

        return (count, false);
    }

    private async Task RetryLaterAsync(Webhook hook, Delivery delivery, Wording answer, CancellationToken cancellationToken)
    {
        if (delivery.Attempts <= _pauses.Length)
            await claims.GiveBackAsync([delivery.Id], clock.GetUtcNow() + _pauses[delivery.Attempts - 1], answer, cancellationToken);
        else if (await claims.SettleAsync([delivery.Id], DeliveryState.Dead, answer, cancellationToken) > 0)
            await dead.TellAsync(hook, cancellationToken);
    }

    // An event may be handed out to a webhook in the moment in which that is removed. One statement, so that a new webhook's events are not taken for such.
    private static Task<int> DropOrphansAsync(PortalDbContext db, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
        update portal.deliveries d set state = 'Superseded', lease_by = null, lease_until = null
        where d.channel <> {Delivery.Mail} and d.state = 'Waiting' and not exists (select from portal.webhooks w where {WebhookChannel.Prefix} || w.id = d.channel)
        """, cancellationToken);
}
