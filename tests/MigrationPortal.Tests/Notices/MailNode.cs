using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MigrationPortal.Audit;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Live;
using MigrationPortal.Notices;
using MigrationPortal.Notices.Deliveries;
using MigrationPortal.Notices.Mail;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.Notices.Preferences;
using MigrationPortal.SignIn.People;
using MigrationPortal.Tests.Batches;

namespace MigrationPortal.Tests.Notices;

/// <summary>One node that hands out and sends, over a world's database, in a time that the test moves. It begins on 2 March 2026 at 09:00 UTC.</summary>
internal sealed class MailNode
{
    private const string ForOperators = "ForOperators";

    private readonly BatchWorld _world;
    private readonly HandOutEventsHandler _handOut;
    private readonly SendMailsHandler _send;
    private readonly SendDigests _digests;
    private readonly ChannelStates _channels;
    private readonly IOptions<NotificationsOptions> _options;
    private readonly ChannelTroubles _troubles;
    private readonly DueDeliveries _due;

    private MailNode(BatchWorld world, TestSmtpServer smtp, FakeTimeProvider clock, bool quotes, IDbContextFactory<PortalDbContext>? databases)
    {
        (_world, Clock) = (world, clock);
        var options = Options.Create(new NotificationsOptions
        {
            PublicUrl = "https://portal.contoso.com",
            CommentExcerpts = quotes,
            Smtp = new SmtpOptions { Host = "127.0.0.1", Port = smtp.Port, Security = SmtpSecurity.None, From = "portal@contoso.com" },
        });
        databases ??= world.Get<IDbContextFactory<PortalDbContext>>();
        var people = world.Get<PeopleRights>();
        var audiences = new NoticeAudiences([.. world.Services.GetServices<INoticeAudience>(), new RoleAudience(ForOperators, [Role.Operator])]);
        var wake = new DeliveryWake();
        var claims = new DeliveryClaims(databases, clock);
        _channels = new ChannelStates(databases, clock);
        var dead = new DeadMails(databases, claims, _channels, world.Get<NoticeOutbox>(), clock);
        _handOut = new(databases, audiences, people, [new MailChannel(world.Get<NoticeKinds>(), options, wake, clock)], world.Get<LiveFeed>(), clock, NullLogger<HandOutEventsHandler>.Instance);
        Test = new(databases, new MailWriter(world.Get<IStringLocalizer<NoticeTexts>>(), options, clock), new MailServer(options), options);
        _send = new(
            claims, _channels, new DueLetters(databases, audiences, world.Services.GetServices<ISettledNotices>(), world.Get<NoticeKinds>(), people, world.Services.GetServices<INoticeExcerpt>(), world.Get<NoticeStates>(), options, clock), dead, new MailWriter(world.Get<IStringLocalizer<NoticeTexts>>(), options, clock), new MailServer(options), options, clock,
            NullLogger<SendMailsHandler>.Instance);
        _digests = new(databases, clock);
        _options = options;
        _troubles = new(databases, _channels, options, clock);
        _due = new(databases, _digests, _channels, options, clock);
        Retry = new(databases, world.Get<AuditTrail>(), wake, clock);
    }

    public FakeTimeProvider Clock { get; }

    public RetryDeliveryHandler Retry { get; }

    public SendTestMailHandler Test { get; }

    public static async Task<MailNode> StartAsync(BatchWorld world, TestSmtpServer smtp, FakeTimeProvider? clock = null, bool quotes = false, IDbContextFactory<PortalDbContext>? databases = null)
    {
        if (clock is null)
        {
            await using var db = world.Database.OpenPortal();
            db.Add(BatchWorld.Known(new Caller("olga", "olga", new HashSet<Role> { Role.Operator })));
            await db.SaveChangesAsync();
            await world.Database.ExecuteAsync("update portal.people set mail = name || '@contoso.com'");
        }

        return new(world, smtp, clock ?? new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero)), quotes, databases);
    }

    /// <summary>Something that concerns operators alone.</summary>
    public async Task TellAsync(string title, int times, string subject = "x:1")
    {
        await using var db = _world.Database.OpenPortal();
        db.AddRange(Enumerable.Range(0, times).Select(_ => new NoticeEvent
        {
            Kind = ForOperators, Subject = subject, By = "ada", At = Clock.GetUtcNow(), Title = title, Sentence = Wording.OfText("Something happened"), Url = "/",
        }));
        await db.SaveChangesAsync();
    }

    public Task<int> HandOutAsync() => _handOut.HandleAsync(CancellationToken.None);

    public Task<int> SendAsync() => _send.HandleAsync(CancellationToken.None);

    public Task<int> DigestAsync() => _digests.HandleAsync(CancellationToken.None);

    /// <summary>Whether the sweep asks for the job.</summary>
    public Task<bool> IsDueAsync() => _due.IsMailDueAsync(CancellationToken.None);

    public Task<HealthCheckResult> HealthAsync() => new MailHealth(_troubles).CheckHealthAsync(new HealthCheckContext());

    /// <summary>What administrators find in their inbox.</summary>
    public Task<IReadOnlyList<ChannelTrouble>> TroublesAsync() => _troubles.ListAsync(CancellationToken.None);

    /// <summary>As if it had been started again without a mail server.</summary>
    public void SwitchOff() => _options.Value.Smtp.Host = "";
}
