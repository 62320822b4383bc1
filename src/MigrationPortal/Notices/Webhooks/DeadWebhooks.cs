using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Notices.Deliveries;
using MigrationPortal.Notices.Mail;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.Ui;

namespace MigrationPortal.Notices.Webhooks;

/// <summary>Tells administrators of a webhook that did not take an event after all attempts, once for each outage of its receiver.</summary>
internal sealed class DeadWebhooks(IDbContextFactory<PortalDbContext> databases, NoticeOutbox outbox, TimeProvider clock)
{
    public async Task TellAsync(Webhook hook, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await outbox.TellOnceAsync(
            db,
            new NoticeEvent
            {
                Kind = DeadMails.ChannelDead,
                Subject = $"channel:{hook.Channel}",
                PoolPairId = hook.PoolPairId,
                By = Caller.Portal.Name,
                At = clock.GetUtcNow(),
                Title = "MigrationPortal",
                Sentence = new("Notice.WebhookDead", hook.Name),
                Url = Urls.Webhooks(),
                OnceKey = await ChannelTroubles.OutageAsync(db, hook.Channel, cancellationToken),
            },
            cancellationToken);
    }
}
