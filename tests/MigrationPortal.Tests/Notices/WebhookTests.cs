using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Audit.Anchors;
using MigrationPortal.Data;
using MigrationPortal.Live;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.Notices.Webhooks;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Reviews;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Notices;

/// <summary>Webhooks to a real receiver in this process, in a time that the test moves.</summary>
public sealed class WebhookTests
{
    [Fact]
    public async Task Receiver_DownForAnHour_GetsEachEventOnceWithTheBodyOfItsTime()
    {
        await using var world = await StartAsync();
        await using var receiver = await Receiver.StartAsync();
        var node = new HookNode(world);
        var made = Done(await node.Save.HandleAsync(new SaveWebhook(null, "Ops", receiver.Url, WebhookFormat.Json, ["ReviewOpened"], null), PolicyWorld.Ada, CancellationToken.None));
        receiver.Status = HttpStatusCode.ServiceUnavailable;
        await world.SubmittedAsync("Wave 1", "Desk");
        await world.SubmittedAsync("Wave 2", "Repo");
        await world.SetAsync(new MigrationPortal.Reviews.Policy.ReviewPolicy { Approvals = 2 });
        await node.HandOutAsync();
        for (var minutes = 0; minutes < 60; minutes++)
        {
            Assert.Equal(0, await node.SendAsync());
            node.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        // What it is called now is not what was told.
        await world.Database.ExecuteAsync("update portal.batches set name = 'Renamed'");
        receiver.Status = HttpStatusCode.NoContent;
        node.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(2, await node.SendAsync());
        Assert.Equal(0, await node.SendAsync());

        var taken = receiver.Taken.ToList();
        Assert.Equal(["Wave 1: petra submitted the batch", "Wave 2: petra submitted the batch"], taken.Select(x => JsonDocument.Parse(x.Body).RootElement.GetProperty("data").GetProperty("text").GetString()));
        Assert.All(taken, x => Assert.Equal(WebhookSignature.Of(x.Id, DateTimeOffset.FromUnixTimeSeconds(long.Parse(x.At, System.Globalization.CultureInfo.InvariantCulture)), x.Body, made.Secret!), x.Signature));
        Assert.All(receiver.All.GroupBy(x => x.Id), x => Assert.Single(x.Select(y => y.Body).Distinct()));
        Assert.DoesNotContain("Desk", string.Concat(taken.Select(x => x.Body)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receiver_DownForGood_AdministratorsHearOfItOnceUntilItTakesSomethingAgain()
    {
        await using var world = await StartAsync();
        await using (var db = world.Database.OpenPortal())
        {
            db.Add(Known(PolicyWorld.Ada));
            await db.SaveChangesAsync();
        }

        await using var receiver = await Receiver.StartAsync();
        var node = new HookNode(world);
        Done(await node.Save.HandleAsync(new SaveWebhook(null, "Ops", receiver.Url, WebhookFormat.Json, [], null), PolicyWorld.Ada, CancellationToken.None));
        receiver.Status = HttpStatusCode.ServiceUnavailable;
        await world.SubmittedAsync("Wave 1", "Desk");
        await DieAsync(node);
        var line = Assert.Single(await LinesAsync(world));
        Assert.Equal("channel:webhook:1", line.Key);
        Assert.Contains("503", line.Reason, StringComparison.Ordinal);
        Assert.Single(await ToldAsync());

        // The notice goes to the same receiver and dies there, too: that is no news.
        await DieAsync(node);
        Assert.Single(await ToldAsync());
        receiver.Status = HttpStatusCode.NoContent;
        await world.SubmittedAsync("Wave 2", "Repo");
        await node.HandOutAsync();
        Assert.Equal(1, await node.SendAsync());
        Assert.Empty(await LinesAsync(world));
        receiver.Status = HttpStatusCode.ServiceUnavailable;
        await world.SubmittedAsync("Wave 3", "Swaps");
        await DieAsync(node);
        Assert.Equal(2, (await ToldAsync()).Count);

        async Task<IReadOnlyList<long>> ToldAsync() => [.. (await world.Get<MigrationPortal.Notices.Bell.NotificationQueries>().ListAsync(
            PolicyWorld.Ada, onlyUnread: false, new(0, 50), CancellationToken.None)).Items.Where(x => x.Kind == "ChannelDead").Select(x => x.Id)];
    }

    private static async Task DieAsync(HookNode node)
    {
        await node.HandOutAsync();
        for (var attempt = 0; attempt < 12; attempt++)
        {
            await node.SendAsync();
            node.Clock.Advance(TimeSpan.FromHours(13));
        }

        await node.HandOutAsync();
    }

    private static async Task CheckAsync(BatchWorld world)
    {
        await world.Get<CheckAudit>().HandleAsync(CancellationToken.None);
        await world.Get<AnchorNotices>().TellAsync(CancellationToken.None);
    }

    private static Task<int> AnchorsAsync(BatchWorld world) => world.Database.ScalarAsync<int>("select count(*) from portal.events where kind = 'AuditAnchored'");

    private static Task<string> HeadAsync(BatchWorld world) => world.Database.ScalarAsync<string>("select id || ' ' || encode(hash, 'hex') || ' ' || count from portal.audit_head");

    private static string Anchor(string body)
    {
        var anchor = JsonDocument.Parse(body).RootElement.GetProperty("data").GetProperty("anchor");
        return $"{anchor.GetProperty("id").GetInt64()} {anchor.GetProperty("hash").GetString()} {anchor.GetProperty("count").GetInt64()}";
    }

    private static Task<IReadOnlyList<MigrationPortal.PoolPairs.InboxLine>> LinesAsync(BatchWorld world)
    {
        world.Get<LiveFeed>().Deliver("reviews");
        return world.Get<MigrationPortal.Inbox.InboxQueries>().ListAsync(Pair, PolicyWorld.Ada, CancellationToken.None);
    }

    [Fact]
    public async Task Anchor_AfterEachCheckThatFindsTheAuditLogWhole_IsSentToWhoAskedForItAlone()
    {
        await using var world = await StartAsync();
        await using var asked = await Receiver.StartAsync();
        await using var every = await Receiver.StartAsync();
        var node = new HookNode(world);
        await CheckAsync(world);
        Done(await node.Save.HandleAsync(new SaveWebhook(null, "Archive", asked.Url, WebhookFormat.Json, ["AuditAnchored"], null), PolicyWorld.Ada, CancellationToken.None));
        Done(await node.Save.HandleAsync(new SaveWebhook(null, "Chat", every.Url, WebhookFormat.Slack, [], null), PolicyWorld.Ada, CancellationToken.None));
        Assert.Equal(0, await AnchorsAsync(world));

        await CheckAsync(world);
        // An entry that was sent is not sent again.
        await CheckAsync(world);
        Assert.Equal(1, await AnchorsAsync(world));
        await node.HandOutAsync();
        Assert.Equal(1, await node.SendAsync());
        Assert.Equal(await HeadAsync(world), Anchor(Assert.Single(asked.Taken).Body));
        Assert.Empty(every.Taken);
        Assert.Equal(0, await world.Database.ScalarAsync<int>("select count(*) from portal.notifications"));

        // Of a chain that is broken nothing is sent.
        Done(await node.Save.HandleAsync(new SaveWebhook(1, "Archives", asked.Url, WebhookFormat.Json, ["AuditAnchored"], null), PolicyWorld.Ada, CancellationToken.None));
        await world.Database.ExecuteAsync("alter table portal.audit_entries disable trigger user; update portal.audit_entries set action = action || '!' where id = 1");
        await CheckAsync(world);
        Assert.Equal(1, await AnchorsAsync(world));
        await world.Database.ExecuteAsync("update portal.audit_entries set action = rtrim(action, '!') where id = 1");
        await CheckAsync(world);
        Assert.Equal(2, await AnchorsAsync(world));
    }

    [Fact]
    public async Task Anchor_EntryWrittenAfterACheck_IsSentAfterTheNextCheckOnly()
    {
        await using var world = await StartAsync();
        await using var asked = await Receiver.StartAsync();
        var node = new HookNode(world);
        Done(await node.Save.HandleAsync(new SaveWebhook(null, "Archive", asked.Url, WebhookFormat.Json, ["AuditAnchored"], null), PolicyWorld.Ada, CancellationToken.None));
        var covered = await HeadAsync(world);

        await world.Get<CheckAudit>().HandleAsync(CancellationToken.None);
        await using (var db = world.Database.OpenPortal())
            await world.Get<AuditTrail>().RecordAsync(db, PolicyWorld.Ada, "BatchRenamed", "batch:1", null, null, CancellationToken.None);
        await world.Get<AnchorNotices>().TellAsync(CancellationToken.None);
        await node.HandOutAsync();
        Assert.Equal(1, await node.SendAsync());
        Assert.NotEqual(covered, await HeadAsync(world));
        Assert.Equal(covered, Anchor(Assert.Single(asked.Taken).Body));

        await CheckAsync(world);
        await node.HandOutAsync();
        Assert.Equal(1, await node.SendAsync());
        Assert.Equal(await HeadAsync(world), Anchor(asked.Taken.Last().Body));
    }

    [Fact]
    public async Task Anchor_ThatCannotBeHandedOn_LeavesTheCheckAsItIs_AndIsHandedOnLater()
    {
        const string Kept = "select at::text || head_id from portal.audit_check";
        await using var world = await StartAsync();
        var node = new HookNode(world);
        Done(await node.Save.HandleAsync(new SaveWebhook(null, "Archive", "https://hooks.contoso.com/x", WebhookFormat.Json, ["AuditAnchored"], null), PolicyWorld.Ada, CancellationToken.None));
        await world.Database.ExecuteAsync("alter table portal.events add constraint ck_away check (kind <> 'AuditAnchored')");

        await Assert.ThrowsAsync<DbUpdateException>(() => CheckAsync(world));
        var kept = await world.Database.ScalarAsync<string>(Kept);
        Assert.Equal(0, await AnchorsAsync(world));

        await world.Database.ExecuteAsync("alter table portal.events drop constraint ck_away");
        Assert.True(await world.Get<AnchorNotices>().TellAsync(CancellationToken.None));
        Assert.Equal(kept, await world.Database.ScalarAsync<string>(Kept));
        Assert.Equal(1, await AnchorsAsync(world));
    }

    [Fact]
    public async Task Secret_WhileItIsRotated_BothSign()
    {
        await using var world = await StartAsync();
        await using var receiver = await Receiver.StartAsync();
        var node = new HookNode(world);
        var made = Done(await node.Save.HandleAsync(new SaveWebhook(null, "Ops", receiver.Url, WebhookFormat.Json, [], null), PolicyWorld.Ada, CancellationToken.None));
        var next = Done(await node.Change.RotateAsync(made.Webhook.Id, isFinal: false, PolicyWorld.Ada, CancellationToken.None));
        Assert.Equal("204", Done(await node.Change.TestAsync(made.Webhook.Id, PolicyWorld.Ada, CancellationToken.None)).ToString());
        var both = receiver.Taken.Last();
        Assert.Equal(WebhookSignature.Of(both.Id, node.Clock.GetUtcNow(), both.Body, next, made.Secret!), both.Signature);
        Done(await node.Change.RotateAsync(made.Webhook.Id, isFinal: true, PolicyWorld.Ada, CancellationToken.None));
        Done(await node.Change.TestAsync(made.Webhook.Id, PolicyWorld.Ada, CancellationToken.None));
        Assert.DoesNotContain(' ', receiver.Taken.Last().Signature);
        Assert.Equal(0, await world.Database.ScalarAsync<int>($"select count(*) from portal.webhooks where secret like '%{next[6..20]}%'"));
        Done(await node.Change.RemoveAsync(made.Webhook.Id, PolicyWorld.Ada, CancellationToken.None));
        foreach (var action in new[] { "WebhookSet", "WebhookSecretChanged", "WebhookSecretDropped", "WebhookRemoved" })
            Assert.Equal(1, await world.AuditsAsync(action));
    }

    [Theory]
    [InlineData("https://elsewhere.example/x", "webhook-host")]
    [InlineData("http://hooks.contoso.com/x", "webhook-url")]
    [InlineData("https://user:pass@hooks.contoso.com/x", "webhook-url")]
    [InlineData("ftp://hooks.contoso.com/x", "webhook-url")]
    [InlineData("not an address", "webhook-url")]
    public async Task Save_AddressThatIsNotAllowed_IsRefused(string url, string code)
    {
        await using var world = await StartAsync();
        var node = new HookNode(world);
        Refused(await node.Save.HandleAsync(new SaveWebhook(null, "Ops", url, WebhookFormat.Json, [], null), PolicyWorld.Ada, CancellationToken.None), code);
        Refused(await node.Save.HandleAsync(new SaveWebhook(null, "Ops", "https://hooks.contoso.com/x", WebhookFormat.Json, [], null), Petra, CancellationToken.None), "not-allowed");
    }

    [Fact]
    public async Task Post_RedirectAndLinkLocal_AreNotFollowed()
    {
        await using var world = await StartAsync();
        await using var receiver = await Receiver.StartAsync();
        var node = new HookNode(world);
        receiver.Status = HttpStatusCode.Found;
        var made = Done(await node.Save.HandleAsync(new SaveWebhook(null, "Ops", receiver.Url, WebhookFormat.Slack, [], null), PolicyWorld.Ada, CancellationToken.None));
        Assert.Equal("302", Done(await node.Change.TestAsync(made.Webhook.Id, PolicyWorld.Ada, CancellationToken.None)).ToString());
        Assert.Single(receiver.All);
        Assert.True(WebhooksOptions.IsLinkLocal(IPAddress.Parse("169.254.169.254")));
        Assert.True(WebhooksOptions.IsLinkLocal(IPAddress.Parse("::ffff:169.254.169.254")));
        Assert.True(WebhooksOptions.IsLinkLocal(IPAddress.Parse("fe80::1")));
        Assert.False(WebhooksOptions.IsLinkLocal(IPAddress.Parse("10.0.0.1")));
    }

    [Fact]
    public void Signature_OfTheSpecification_IsTheSame() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSignature.Of("msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330), """{"test": 2432232314}""", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
}
