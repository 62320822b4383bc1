using MigrationPortal.Comments;
using MigrationPortal.Comments.Writing;
using MigrationPortal.Notices.Bell;
using MigrationPortal.Notices.Deliveries;
using MigrationPortal.Notices.Mail;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.Notices.Preferences;
using MigrationPortal.Tests.Batches;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Notices;

/// <summary>Mails to a real SMTP server in this process, in a time that the test moves.</summary>
public sealed class MailTests
{
    [Fact]
    public async Task Mail_OfAReview_IsInTheReadersLanguageAndNamesNoRoom()
    {
        await using var world = await StartAsync();
        await using var smtp = new TestSmtpServer();
        var node = await MailNode.StartAsync(world, smtp);
        await world.Database.ExecuteAsync("update portal.people set language = 'de', zone = 'Europe/Berlin' where name = 'anna'");
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        await node.HandOutAsync();
        Assert.Equal(4, await node.SendAsync());

        var mail = Assert.Single(smtp.Messages, x => x.To.ToString().Contains("anna@contoso.com", StringComparison.Ordinal));
        Assert.Equal("Wave 1: petra hat den Batch eingereicht", mail.Subject);
        Assert.Contains($"https://portal.contoso.com/batches/{id}", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("Europe/Berlin", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("Desk", mail.ToString(), StringComparison.Ordinal);
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
        Assert.Equal("All", mail.Headers["X-Auto-Response-Suppress"]);
        Assert.Equal("<https://portal.contoso.com/me/notifications>", mail.Headers["List-Unsubscribe"]);
        Assert.Equal([$"batch-{id}@portal.contoso.com"], mail.References);
        Assert.Single(mail.To);
        Assert.Empty(mail.Attachments);
        Assert.Equal(0, await node.SendAsync());
    }

    [Fact]
    public async Task Mail_OfABatchWhoseNameTurnsTheText_KeepsItApartAndShowsWhatCannotBeSeen()
    {
        await using var world = await StartAsync();
        await using var smtp = new TestSmtpServer();
        var node = await MailNode.StartAsync(world, smtp);
        await node.TellAsync("שלום\u202E 1", 1);
        await node.HandOutAsync();
        await node.SendAsync();

        Assert.All(smtp.Messages, x => Assert.StartsWith("\u2068שלום[U+202E] 1\u2069: Something happened", x.Subject, StringComparison.Ordinal));
        Assert.All(smtp.Messages, x => Assert.StartsWith("\u2068שלום[U+202E] 1\u2069: Something happened", x.TextBody, StringComparison.Ordinal));
        Assert.NotEmpty(smtp.Messages);
    }

    [Fact]
    public async Task Server_AwayForADay_WaitsAsAChannelAndSendsOneMailForMany()
    {
        await using var world = await StartAsync();
        await using var smtp = new TestSmtpServer { IsAway = true };
        var node = await MailNode.StartAsync(world, smtp);
        // Kept while the server is away: more than five at once become one, what is settled meanwhile is left out.
        var batches = new List<long>();
        foreach (var room in new[] { "Desk", "Repo", "Swaps" })
            batches.Add(await world.SubmittedAsync(room, room));
        await node.TellAsync("olga", 7);
        await node.HandOutAsync();

        var tried = new List<TimeSpan>();
        for (var minutes = 0; minutes < 24 * 60; minutes++)
        {
            var before = smtp.Connections;
            await node.SendAsync();
            if (smtp.Connections > before)
                tried.Add(TimeSpan.FromMinutes(minutes));
            node.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal([0, 1, 3, 8, 18, 48, 108, 168], tried.Take(8).Select(x => (int)x.TotalMinutes));
        Assert.Equal(Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Degraded, (await node.HealthAsync()).Status);
        // One is decided while the server is away.
        Done(await world.ApproveAsync(batches[0], Anna));
        smtp.IsAway = false;
        node.Clock.Advance(TimeSpan.FromHours(1));
        await node.SendAsync();

        var olga = Assert.Single(smtp.Messages, x => x.To.ToString().Contains("olga@", StringComparison.Ordinal));
        Assert.Equal("7 notifications", olga.Subject);
        Assert.Equal(["Repo", "Swaps"], smtp.Messages.Where(x => x.To.ToString().Contains("marek@", StringComparison.Ordinal)).Select(x => x.Subject!.Split(':')[0]).Order());
        Assert.Equal(Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy, (await node.HealthAsync()).Status);
        Assert.Equal(0, await world.Database.ScalarAsync<int>("select count(*) from portal.deliveries where state = 'Waiting'"));
        Assert.Equal(4, await world.Database.ScalarAsync<int>("select count(*) from portal.deliveries where state = 'Superseded'"));
    }

    [Fact]
    public async Task Server_AwayForThreeDays_GivesUpAndTellsAdministratorsOnce()
    {
        await using var world = await StartAsync();
        await using var smtp = new TestSmtpServer { IsAway = true };
        var node = await MailNode.StartAsync(world, smtp);
        await node.TellAsync("olga", 2);
        await node.HandOutAsync();
        await node.SendAsync();
        node.Clock.Advance(TimeSpan.FromHours(73));
        await node.SendAsync();
        await node.SendAsync();
        Assert.Equal(2, await world.Database.ScalarAsync<int>("select count(*) from portal.deliveries where state = 'Dead'"));
        Assert.Equal(1, await world.Database.ScalarAsync<int>("select count(*) from portal.events where kind = 'ChannelDead'"));

        // An administrator sends one again.
        var dead = await world.Database.ScalarAsync<long>("select min(id) from portal.deliveries where state = 'Dead'");
        smtp.IsAway = false;
        node.Clock.Advance(TimeSpan.FromHours(1));
        Refused(await node.Retry.HandleAsync(dead, Petra, CancellationToken.None), "not-allowed");
        Done(await node.Retry.HandleAsync(dead, MigrationPortal.Tests.Reviews.PolicyWorld.Ada, CancellationToken.None));
        Assert.Equal(1, await world.Database.ScalarAsync<int>("select count(*) from portal.audit_entries where action = 'DeliveryRetried'"));
        Assert.Equal(1, await node.SendAsync());
        Assert.Single(smtp.Messages);
    }

    [Fact]
    public async Task Recipient_RefusedForGood_IsDeadAtOnceAndOthersGoOn()
    {
        await using var world = await StartAsync();
        await using var smtp = new TestSmtpServer { Refused = "anna@contoso.com" };
        var node = await MailNode.StartAsync(world, smtp);
        await world.SubmittedAsync("Wave 1", "Desk");
        await node.HandOutAsync();
        Assert.Equal(3, await node.SendAsync());
        Assert.Equal("anna 550", await world.Database.ScalarAsync<string>(
            "select p.name || ' ' || (d.error::jsonb -> 'args' ->> 0) from portal.deliveries d join portal.people p on p.id = d.person_id where d.state = 'Dead'"));
    }

    [Fact]
    public async Task Node_DiesAfterTheServerTookIt_RepeatsItOnceWithTheSameId()
    {
        await using var world = await StartAsync();
        await using var smtp = new TestSmtpServer();
        var node = await MailNode.StartAsync(world, smtp);
        await node.TellAsync("olga", 1);
        await node.HandOutAsync();
        Assert.Equal(1, await node.SendAsync());
        // As if it had died between the server's 250 and its commit.
        await world.Database.ExecuteAsync("update portal.deliveries set state = 'Waiting', sent_at = null, lease_by = 'dead', lease_until = '2026-03-02 09:05+00'");
        var other = await MailNode.StartAsync(world, smtp, node.Clock);
        Assert.Equal(0, await other.SendAsync());
        node.Clock.Advance(DeliveryClaims.Lease);
        Assert.Equal(1, await other.SendAsync());
        Assert.Single(smtp.Messages.Select(x => x.MessageId).Distinct());
        Assert.Equal(2, smtp.Messages.Count);
    }

    [Fact]
    public async Task Mail_ReadInThePortalFirstOrRoleGone_IsNotSent()
    {
        await using var world = await StartAsync();
        await using var smtp = new TestSmtpServer();
        var node = await MailNode.StartAsync(world, smtp);
        await world.SubmittedAsync("Wave 1", "Desk");
        await node.HandOutAsync();
        Done(await world.Get<ReadNotificationsHandler>().HandleAsync(new ReadNotifications(null), Anna, CancellationToken.None));
        await world.Database.ExecuteAsync("""update portal.people set memberships = '{"groups":[],"appRoles":["Viewer"]}' where name = 'marek'""");
        Assert.Equal(2, await node.SendAsync());
        Assert.DoesNotContain(smtp.Messages, x => x.To.ToString().Contains("anna@", StringComparison.Ordinal) || x.To.ToString().Contains("marek@", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TwoNodes_ManyMails_NoneIsSentTwice()
    {
        await using var world = await StartAsync();
        await using var smtp = new TestSmtpServer();
        var first = await MailNode.StartAsync(world, smtp);
        var second = await MailNode.StartAsync(world, smtp, first.Clock);
        for (var i = 0; i < 40; i++)
            await first.TellAsync("olga", 1, $"digest:{i}");
        await Task.WhenAll(first.HandOutAsync(), second.HandOutAsync());
        // Each for itself, so that they stay apart.
        await world.Database.ExecuteAsync("update portal.deliveries set group_key = 'one:' || id");
        await Task.WhenAll(first.SendAsync(), second.SendAsync());
        Assert.Equal(40, smtp.Messages.Count);
        Assert.Equal(40, smtp.Messages.Select(x => x.MessageId).Distinct().Count());
    }

    [Fact]
    public async Task Preferences_OffDigestAndQuietHours_DecideWhenAndWhetherMailIsSent()
    {
        await using var world = await StartAsync();
        await using var smtp = new TestSmtpServer();
        // 09:00 UTC, 10:00 in Berlin.
        var node = await MailNode.StartAsync(world, smtp);
        await world.Database.ExecuteAsync("update portal.people set zone = 'Europe/Berlin' where name in ('anna', 'marek', 'both')");
        await SetAsync(world, Anna, new(new Dictionary<string, NoticeMode> { ["ReviewOpened"] = NoticeMode.Off }, null, null, null));
        await SetAsync(world, Marek, new(new Dictionary<string, NoticeMode> { ["ReviewOpened"] = NoticeMode.Digest }, null, null, new(11, 30)));
        await SetAsync(world, Both, new(new Dictionary<string, NoticeMode>(), new(9, 0), new(10, 30), null));
        Refused(await world.Get<SetPreferencesHandler>().HandleAsync(
            new(new Dictionary<string, NoticeMode> { ["FreezeChanged"] = NoticeMode.Off }, null, null, null), Anna, CancellationToken.None), "notice-mandatory");
        await world.SubmittedAsync("Wave 1", "Desk");
        await world.SubmittedAsync("Wave 2", "Repo");
        await node.HandOutAsync();
        // duo chose nothing.
        await node.SendAsync();
        Assert.Equal(["duo@contoso.com", "duo@contoso.com"], smtp.To);
        node.Clock.Advance(TimeSpan.FromMinutes(31));
        await node.SendAsync();
        Assert.Equal(2, smtp.To.Count(x => x == "both@contoso.com"));
        node.Clock.Advance(TimeSpan.FromMinutes(61));
        for (var i = 0; i < 3; i++)
        {
            await node.DigestAsync();
            await node.SendAsync();
        }

        var digest = Assert.Single(smtp.Messages, x => x.To.ToString().Contains("marek@", StringComparison.Ordinal));
        Assert.Equal("2 notifications", digest.Subject);
        Assert.Equal(5, smtp.Messages.Count);
    }

    [Theory]
    [InlineData("2026-03-28 23:30", "22:00", "02:30", "2026-03-29 01:00")]
    [InlineData("2026-10-25 00:10", "22:00", "02:30", "2026-10-25 00:30")]
    [InlineData("2026-03-02 12:00", "22:00", "06:00", "2026-03-02 12:00")]
    [InlineData("2026-03-02 22:00", "22:00", "06:00", "2026-03-03 05:00")]
    public void AfterQuiet_InBerlin_EndsByTheWallClock(string at, string from, string to, string expected)
    {
        static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text + "Z", System.Globalization.CultureInfo.InvariantCulture);
        static TimeOnly Time(string text) => TimeOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        var wish = new NoticePreferences { PersonId = 1, QuietFrom = Time(from), QuietTo = Time(to) };
        Assert.Equal(Utc(expected), wish.AfterQuiet(Utc(at), "Europe/Berlin"));
    }

    private static async Task SetAsync(BatchWorld world, MigrationPortal.Access.Caller caller, SetPreferences wish) =>
        Done(await world.Get<SetPreferencesHandler>().HandleAsync(wish, caller, CancellationToken.None));

    [Fact]
    public async Task TestMail_SaysWhatTheServerAnswered()
    {
        await using var world = await StartAsync();
        await using var smtp = new TestSmtpServer { Refused = "anna@contoso.com" };
        var node = await MailNode.StartAsync(world, smtp);
        var (olga, anna) = (await AdministratorAsync(world, "olga"), await AdministratorAsync(world, "anna"));
        Refused(await node.Test.HandleAsync(Vera, CancellationToken.None), "not-allowed");
        Refused(await node.Test.HandleAsync(olga with { PersonId = null }, CancellationToken.None), "mail-no-address");
        Assert.Equal("olga@contoso.com", Done(await node.Test.HandleAsync(olga, CancellationToken.None)));
        Assert.Equal("MigrationPortal: This is a test", Assert.Single(smtp.Messages).Subject);
        Assert.Contains("anna@contoso.com", Refused(await node.Test.HandleAsync(anna, CancellationToken.None), "mail-not-taken").Message, StringComparison.Ordinal);
        smtp.IsAway = true;
        Assert.Contains("127.0.0.1", Refused(await node.Test.HandleAsync(olga, CancellationToken.None), "mail-not-sent").Message, StringComparison.Ordinal);
        Refused(await world.Get<SendTestMailHandler>().HandleAsync(olga, CancellationToken.None), "mail-off");
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Comment_IsQuotedOnlyWhereThatIsSwitchedOn_AndNeverAboutAMessage(bool isSwitchedOn, bool isAboutAMessage)
    {
        await using var world = await StartAsync();
        await using var smtp = new TestSmtpServer();
        var node = await MailNode.StartAsync(world, smtp, quotes: isSwitchedOn);
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        var anchor = isAboutAMessage ? new Anchor(AnchorKind.Message, $"{await world.RoomAsync("Desk")}:1") : Anchor.Batch;
        var marek = await world.Database.ScalarAsync<long>("select id from portal.people where name = 'marek'");
        Done(await world.Get<OpenThreadHandler>().HandleAsync(new OpenThread(id, anchor, $"The **vault** moves, @[marek](person:{marek})"), Anna, CancellationToken.None));
        await node.HandOutAsync();
        Assert.Equal(1, await node.SendAsync());
        var mail = Assert.Single(smtp.Messages);
        if (isSwitchedOn && !isAboutAMessage)
            Assert.Contains("> The vault moves, @marek", mail.TextBody, StringComparison.Ordinal);
        else
            Assert.DoesNotContain("vault", mail.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Comment_DeletedBeforeTheMail_IsNotQuoted()
    {
        await using var world = await StartAsync();
        await using var smtp = new TestSmtpServer();
        var node = await MailNode.StartAsync(world, smtp, quotes: true);
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        var marek = await world.Database.ScalarAsync<long>("select id from portal.people where name = 'marek'");
        Done(await world.Get<OpenThreadHandler>().HandleAsync(new OpenThread(id, Anchor.Batch, $"The vault, @[marek](person:{marek})"), Anna, CancellationToken.None));
        await node.HandOutAsync();
        await world.Database.ExecuteAsync("update portal.comments set redacted_by = 'ada', redacted_at = now()");
        Assert.Equal(0, await node.SendAsync());
        Assert.Empty(smtp.Messages);
    }

    private static async Task<Caller> AdministratorAsync(BatchWorld world, string name) => new(name, name, new HashSet<Role> { Role.Administrator })
    {
        PersonId = await world.Database.ScalarAsync<long>($"select id from portal.people where name = '{name}'"),
    };
}
