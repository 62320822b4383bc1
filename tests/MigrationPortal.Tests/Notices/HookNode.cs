using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MigrationPortal.Audit;
using MigrationPortal.Data;
using MigrationPortal.Live;
using MigrationPortal.Notices;
using MigrationPortal.Notices.Deliveries;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.Notices.Webhooks;
using MigrationPortal.SignIn.People;
using MigrationPortal.Tests.Batches;

namespace MigrationPortal.Tests.Notices;

/// <summary>One node that hands out and sends to webhooks, over a world's database, in a time that the test moves. It begins on 2 March 2026 at 09:00 UTC.</summary>
internal sealed class HookNode
{
    private readonly HandOutEventsHandler _handOut;
    private readonly SendWebhooksHandler _send;
    private readonly EphemeralDataProtectionProvider _keys;

    /// <param name="other">A node before it, whose time and keys it has.</param>
    public HookNode(BatchWorld world, HookNode? other = null, IDbContextFactory<PortalDbContext>? databases = null)
    {
        databases ??= world.Get<IDbContextFactory<PortalDbContext>>();
        Clock = other?.Clock ?? new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        _keys = other?._keys ?? new EphemeralDataProtectionProvider();
        var hosts = Options.Create(new WebhooksOptions { AllowedHosts = ["127.0.0.1", "hooks.contoso.com"] });
        var secrets = new WebhookSecrets(_keys);
        var client = new WebhookClient(secrets, hosts, Clock);
        var notices = Options.Create(new NotificationsOptions { PublicUrl = "https://portal.contoso.com" });
        _handOut = new(
            databases, world.Get<NoticeAudiences>(), world.Get<PeopleRights>(), [new WebhookChannel(world.Get<NoticeKinds>(), world.Get<NoticeStates>(), notices, new DeliveryWake(), Clock)], world.Get<LiveFeed>(), Clock, NullLogger<HandOutEventsHandler>.Instance);
        _send = new(databases, new DeliveryClaims(databases, Clock), client, new DeadWebhooks(databases, world.Get<NoticeOutbox>(), Clock), Clock);
        Save = new(databases, secrets, world.Get<NoticeKinds>(), world.Get<MigrationPortal.Access.IPoolPairNames>(), hosts, world.Get<AuditTrail>(), Clock);
        Change = new(databases, secrets, client, notices, world.Get<AuditTrail>(), Clock);
        Retry = new(databases, world.Get<AuditTrail>(), new DeliveryWake(), Clock);
    }

    public FakeTimeProvider Clock { get; }

    public SaveWebhookHandler Save { get; }

    public ChangeWebhookHandler Change { get; }

    public RetryDeliveryHandler Retry { get; }

    public Task<int> HandOutAsync() => _handOut.HandleAsync(CancellationToken.None);

    public Task<int> SendAsync() => _send.HandleAsync(CancellationToken.None);
}
