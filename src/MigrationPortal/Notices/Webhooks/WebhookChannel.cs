using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MigrationPortal.Data;
using MigrationPortal.Notices.Deliveries;
using MigrationPortal.Notices.Outbox;

namespace MigrationPortal.Notices.Webhooks;

/// <summary>Keeps for each webhook that asked for the kind what it is sent, as things are now: each retry sends the same.</summary>
internal sealed class WebhookChannel(NoticeKinds kinds, NoticeStates states, IOptions<NotificationsOptions> options, DeliveryWake wake, TimeProvider clock) : INoticeChannel
{
    public const string Prefix = "webhook:";

    public async Task AddAsync(PortalDbContext db, NoticeEvent happened, IReadOnlyCollection<long> people, CancellationToken cancellationToken)
    {
        var hooks = await db.Set<Webhook>().AsNoTracking().Where(x => x.PoolPairId == null || happened.PoolPairId == null || x.PoolPairId == happened.PoolPairId).ToListAsync(cancellationToken);
        hooks = hooks.FindAll(x => (x.Kinds.Count == 0 && kinds.Find(happened.Kind) is not { IsForPrograms: true }) || x.Kinds.Contains(happened.Kind));
        if (hooks.Count == 0)
            return;
        var (now, url) = (clock.GetUtcNow(), options.Value.Absolute(happened.Url));
        var state = (await states.FindAsync(db, [happened.Subject], cancellationToken)).GetValueOrDefault(happened.Subject);
        db.AddRange(hooks.Select(x => new Delivery
        {
            EventId = happened.Id, Channel = x.Channel, State = DeliveryState.Waiting, CreatedAt = now, NextAt = now, Body = WebhookBody.Of(happened, x.Format, url, state),
        }));
        await db.SaveChangesAsync(cancellationToken);
    }

    public void Wake() => wake.Signal();
}
