using MigrationPortal.Notices.Outbox;
using MigrationPortal.Notices.Preferences;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Reviews;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Notices;

/// <summary>"No mail from … until" is asked when a mail is sent as well, in a time that the test moves.</summary>
public sealed class QuietHoursTests
{
    private const string Waiting = """
        select string_agg(p.name || ' ' || e.kind || ' ' || d.attempts || ' ' || to_char(d.next_at at time zone 'UTC', 'HH24:MI'), ', ' order by p.name)
        from portal.deliveries d join portal.people p on p.id = d.person_id join portal.events e on e.id = d.event_id where d.state = 'Waiting'
        """;

    [Fact]
    public async Task Mail_AndDigestThatBecomeDueInQuietHours_WaitForTheirEnd_UnlessMandatory()
    {
        await using var world = await StartAsync();
        await using var smtp = new TestSmtpServer { IsAway = true };
        // 09:00 UTC, 10:00 in Berlin.
        var node = await MailNode.StartAsync(world, smtp);
        await world.Database.ExecuteAsync("update portal.people set zone = 'Europe/Berlin' where name in ('anna', 'marek')");
        await WishAsync(world, Anna, new(new Dictionary<string, NoticeMode>(), new(12, 0), new(13, 0), null));
        await WishAsync(world, Marek, new(new Dictionary<string, NoticeMode> { ["ReviewOpened"] = NoticeMode.Digest }, new(11, 0), new(13, 0), new(11, 30)));
        await world.SubmittedAsync("Wave 1", "Desk");
        await world.SetAsync(new ReviewPolicy { Approvals = 2 });
        await node.HandOutAsync();
        Assert.Equal(0, await node.SendAsync());

        // The server comes back, and the time of the digest passes, while neither of them wants mail.
        smtp.IsAway = false;
        node.Clock.Advance(TimeSpan.FromMinutes(135));
        Assert.Equal(1, await node.DigestAsync());
        // To the two others, and what is mandatory to all four and to Olga.
        Assert.Equal(7, await node.SendAsync());
        Assert.Equal("anna ReviewOpened 0 12:00, marek ReviewOpened 0 12:00", await world.Database.ScalarAsync<string>(Waiting));
        Assert.Equal(0, await node.SendAsync());

        node.Clock.Advance(TimeSpan.FromMinutes(45));
        Assert.Equal(2, await node.SendAsync());
        Assert.Equal(0, await world.Database.ScalarAsync<int>("select count(*) from portal.deliveries where state <> 'Sent'"));
    }

    private static async Task WishAsync(BatchWorld world, Caller caller, SetPreferences wish) =>
        Done(await world.Get<SetPreferencesHandler>().HandleAsync(wish, caller, CancellationToken.None));
}
