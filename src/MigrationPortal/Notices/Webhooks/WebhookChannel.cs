using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MigrationPortal.Data;
using MigrationPortal.Notices.Deliveries;
using MigrationPortal.Notices.Outbox;

namespace MigrationPortal.Notices.Webhooks;

/// <summary>Keeps for each webhook that asked for the kind what it is sent, as things are now: each retry sends the same.</summary>
internal sealed class WebhookChannel(NoticeKinds kinds, IOptions<NotificationsOptions> options, DeliveryWake wake, TimeProvider clock) : INoticeChannel
{
    public const string Prefix = "webhook:";

    public async Task AddAsync(PortalDbContext db, NoticeEvent happened, IReadOnlyCollection<long> people, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var hooks = await db.Set<Webhook>().AsNoTracking().Where(x => x.PoolPairId == null || happened.PoolPairId == null || x.PoolPairId == happened.PoolPairId).ToListAsync(cancellationToken);
        db.AddRange(hooks.Where(x => (x.Kinds.Count == 0 && kinds.Find(happened.Kind) is not { IsForPrograms: true }) || x.Kinds.Contains(happened.Kind)).Select(x => new Delivery
        {
            EventId = happened.Id, Channel = x.Channel, State = DeliveryState.Waiting, CreatedAt = now, NextAt = now, Body = WebhookBody.Of(happened, x.Format, options.Value.Absolute(happened.Url)),
        }));
        await db.SaveChangesAsync(cancellationToken);
    }

    public void Wake() => wake.Signal();
}
