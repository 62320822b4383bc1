using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Notices.Deliveries;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.Ui;

namespace MigrationPortal.Notices.Mail;

/// <summary>Gives up mails that the server has not taken for three days, and tells administrators of it once for each outage of the server.</summary>
internal sealed class DeadMails(IDbContextFactory<PortalDbContext> databases, DeliveryClaims claims, ChannelStates channels, NoticeOutbox outbox, TimeProvider clock)
{
    public const string ChannelDead = "ChannelDead";

    public async Task GiveUpAsync(CancellationToken cancellationToken)
    {
        if (await claims.GiveUpAsync(Delivery.Mail, cancellationToken) == 0)
            return;
        // While the server takes others' mails, one person's mailbox is full: that is listed, and no outage.
        if (await channels.FindAsync(Delivery.Mail, cancellationToken) is not { DownSince: { } since })
            return;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await outbox.TellOnceAsync(
            db,
            new NoticeEvent
            {
                Kind = ChannelDead,
                Subject = "channel:mail",
                By = Caller.Portal.Name,
                At = clock.GetUtcNow(),
                Title = "MigrationPortal",
                Sentence = new("Notice.ChannelDead"),
                Url = Urls.MailSettings(),
                OnceKey = $"channel-dead:mail:{since.ToString("O", CultureInfo.InvariantCulture)}",
            },
            cancellationToken);
    }
}
