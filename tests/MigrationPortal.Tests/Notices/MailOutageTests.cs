using Microsoft.Extensions.Diagnostics.HealthChecks;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Notices;

/// <summary>When the mail server counts as away, and what ends that, in a time that the test moves.</summary>
public sealed class MailOutageTests
{
    [Fact]
    public async Task Server_ThatLetsThePortalInAndTakesNothing_IsAwayUntilItTakesAMail()
    {
        await using var world = await StartAsync();
        await using var smtp = new TestSmtpServer { TakesNothing = true };
        var node = await MailNode.StartAsync(world, smtp);
        await node.TellAsync("olga", 1);
        await node.HandOutAsync();
        var tried = new List<int>();
        for (var minute = 0; minute < 60; minute++)
        {
            var before = smtp.Connections;
            Assert.Equal(0, await node.SendAsync());
            if (smtp.Connections > before)
                tried.Add(minute);
            node.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal("0 1 3 8 18 48", string.Join(' ', tried));
        Assert.Equal(HealthStatus.Degraded, (await node.HealthAsync()).Status);
        Assert.Contains("421", $"{Assert.Single(await node.TroublesAsync()).Error}", StringComparison.Ordinal);
        smtp.TakesNothing = false;
        node.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, await node.SendAsync());
        Assert.Equal(HealthStatus.Healthy, (await node.HealthAsync()).Status);
    }

    [Fact]
    public async Task Mailbox_FullForThreeDays_IsGivenUp_AndIsNoOutageOfTheServer()
    {
        await using var world = await StartAsync();
        await using var smtp = new TestSmtpServer { Full = "olga@contoso.com" };
        var node = await MailNode.StartAsync(world, smtp);
        await node.TellAsync("olga", 2);
        await node.HandOutAsync();
        Assert.Equal(0, await node.SendAsync());
        Assert.Equal(2, await world.Database.ScalarAsync<int>("select count(*) from portal.deliveries where state = 'Waiting' and attempts = 1"));
        node.Clock.Advance(TimeSpan.FromHours(73));
        Assert.Equal(0, await node.SendAsync());

        Assert.Equal(2, await world.Database.ScalarAsync<int>("select count(*) from portal.deliveries where state = 'Dead'"));
        Assert.Equal(0, await world.Database.ScalarAsync<int>("select count(*) from portal.events where kind = 'ChannelDead'"));
        Assert.Equal(HealthStatus.Healthy, (await node.HealthAsync()).Status);
    }

    [Fact]
    public async Task Server_BackWithNothingLeftToSend_IsAskedAndCountsAsBack()
    {
        await using var world = await StartAsync();
        await using var smtp = new TestSmtpServer { IsAway = true };
        var node = await MailNode.StartAsync(world, smtp);
        await node.TellAsync("olga", 1);
        await node.HandOutAsync();
        Assert.Equal(0, await node.SendAsync());
        // As if she had read it in the portal.
        await world.Database.ExecuteAsync("update portal.deliveries set state = 'Superseded'");
        node.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.False(await node.IsDueAsync());
        node.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.True(await node.IsDueAsync());
        Assert.Equal(0, await node.SendAsync());
        Assert.False(await node.IsDueAsync());
        Assert.Equal(HealthStatus.Degraded, (await node.HealthAsync()).Status);

        smtp.IsAway = false;
        node.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.True(await node.IsDueAsync());
        Assert.Equal(0, await node.SendAsync());
        Assert.Equal(HealthStatus.Healthy, (await node.HealthAsync()).Status);
        Assert.Empty(await node.TroublesAsync());
        Assert.False(await node.IsDueAsync());
        Assert.Empty(smtp.Messages);
    }

    [Fact]
    public async Task Mail_SwitchedOffWhileTheServerIsAway_TroublesNobodyAnyMore()
    {
        await using var world = await StartAsync();
        await using var smtp = new TestSmtpServer { IsAway = true };
        var node = await MailNode.StartAsync(world, smtp);
        await node.TellAsync("olga", 1);
        await node.HandOutAsync();
        Assert.Equal(0, await node.SendAsync());
        node.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(HealthStatus.Degraded, (await node.HealthAsync()).Status);
        Assert.Single(await node.TroublesAsync());

        node.SwitchOff();
        Assert.Equal(HealthStatus.Healthy, (await node.HealthAsync()).Status);
        Assert.Empty(await node.TroublesAsync());
        Assert.False(await node.IsDueAsync());
    }
}
