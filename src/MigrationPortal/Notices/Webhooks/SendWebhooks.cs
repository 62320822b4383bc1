using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Notices.Deliveries;

namespace MigrationPortal.Notices.Webhooks;

/// <summary>Sends what is due to each receiver, oldest first. One that fails is tried eleven times within about 28 hours and then given up; the webhook itself is never switched off.</summary>
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
            foreach (var delivery in due.OrderBy(x => x.Id))
            {
                var answer = await client.PostAsync(hook, $"delivery-{delivery.Id.ToString(CultureInfo.InvariantCulture)}", delivery.Body!, cancellationToken);
                if (answer.IsTaken)
                    count += await claims.SettleAsync([delivery.Id], DeliveryState.Sent, answer.Answer, cancellationToken);
                else if (delivery.Attempts > _pauses.Length)
                {
                    if (await claims.SettleAsync([delivery.Id], DeliveryState.Dead, answer.Answer, cancellationToken) > 0)
                        await dead.TellAsync(hook, cancellationToken);
                }
                else
                    await claims.GiveBackAsync([delivery.Id], clock.GetUtcNow() + _pauses[delivery.Attempts - 1], answer.Answer, cancellationToken);
            }
        }

        return count;
    }
}
