using MigrationPortal.Notices.Deliveries;
using MigrationPortal.Notices.Webhooks;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Reviews;
using Xunit.Abstractions;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Notices;

/// <summary>
/// A node that dies at each step of a delivery in turn, before and after each of its statements and commits: while events are handed out, taken, sent and
/// marked. Another node takes over once the lease is over.
/// </summary>
public sealed class KilledDeliveryTests(ITestOutputHelper output)
{
    private const int Events = 2;

    // A node that never ends its work is a fault as well.
    private const int MostSteps = 300;

    [Fact]
    public async Task Mail_NodeDiesAtEachStep_ArrivesAndIsRepeatedOnceAtMost_AndTheBellRingsOnce()
    {
        await using var world = await StartAsync();
        await using var smtp = new TestSmtpServer();
        var node = await MailNode.StartAsync(world, smtp);
        var steps = await DieAtEachAsync(world, async (step, databases) =>
        {
            var dying = await MailNode.StartAsync(world, smtp, node.Clock, databases: databases);
            await dying.TellAsync($"Step {step}", Events, $"x:{step}");
            await DieAsync(dying.HandOutAsync, dying.SendAsync);
            node.Clock.Advance(DeliveryClaims.Lease + TimeSpan.FromSeconds(1));
            await node.HandOutAsync();
            await node.SendAsync();
        });

        await AssertToldAsync(world, steps);
        var mails = smtp.Messages.GroupBy(x => x.MessageId).Select(x => x.Count()).ToList();
        Assert.Equal(steps * Events, mails.Count);
        Assert.InRange(mails.Max(), 1, 2);
        // The step between what the server said and what was written of it is among them.
        Assert.Contains(2, mails);
        output.WriteLine($"{steps} steps, {mails.Count(x => x == 2)} mails twice");
    }

    [Fact]
    public async Task Webhook_NodeDiesAtEachStep_ArrivesWithOneBodyAndIsRepeatedOnceAtMost()
    {
        await using var world = await StartAsync();
        await using var receiver = await Receiver.StartAsync();
        var node = new HookNode(world);
        Done(await node.Save.HandleAsync(new SaveWebhook(null, "Ops", receiver.Url, WebhookFormat.Json, ["ReviewOpened"], null), PolicyWorld.Ada, CancellationToken.None));
        var batch = await world.SubmittedAsync("Wave 1", "Desk");
        await node.HandOutAsync();
        await node.SendAsync();
        var before = receiver.Taken.Count();
        var steps = await DieAtEachAsync(world, async (_, databases) =>
        {
            // As if it were told of again.
            await world.Database.ExecuteAsync($"insert into portal.events (kind, subject, pool_pair_id, by, at, title, sentence, url, \"values\") select kind, subject, pool_pair_id, by, at, title, sentence, url, \"values\" from portal.events, generate_series(1, {Events}) where id = (select min(id) from portal.events where subject = 'batch:{batch}')");
            var dying = new HookNode(world, node, databases);
            await DieAsync(dying.HandOutAsync, dying.SendAsync);
            node.Clock.Advance(DeliveryClaims.Lease + TimeSpan.FromSeconds(1));
            await node.HandOutAsync();
            await node.SendAsync();
        });

        Assert.Equal(0, await world.Database.ScalarAsync<int>("select count(*) from portal.deliveries where state <> 'Sent' or lease_by is not null"));
        var calls = receiver.Taken.Skip(before).GroupBy(x => x.Id).ToList();
        Assert.Equal(steps * Events, calls.Count);
        Assert.All(calls, x => Assert.Single(x.Select(y => y.Body).Distinct()));
        Assert.InRange(calls.Max(x => x.Count()), 1, 2);
        Assert.Contains(calls, x => x.Count() == 2);
        output.WriteLine($"{steps} steps, {calls.Count(x => x.Count() == 2)} calls twice");
    }

    /// <returns>At how many steps it died; at the next one it was done before.</returns>
    private static async Task<int> DieAtEachAsync(BatchWorld world, Func<int, KilledDatabases, Task> roundAsync)
    {
        for (var step = 1; step <= MostSteps; step++)
        {
            var databases = new KilledDatabases(world.Database, step);
            await roundAsync(step, databases);
            if (!databases.HasDied)
                return step;
        }

        throw new InvalidOperationException($"It had more than {MostSteps} steps.");
    }

    private static async Task DieAsync(params Func<Task<int>>[] steps)
    {
        try
        {
            foreach (var step in steps)
                await step();
        }
        catch (OperationCanceledException)
        {
            // Dead: what it held is held until the lease is over.
        }
    }

    private static async Task AssertToldAsync(BatchWorld world, int rounds)
    {
        Assert.Equal(0, await world.Database.ScalarAsync<int>("select count(*) from portal.events where sent_out_at is null or failure is not null"));
        Assert.Equal(rounds * Events, await world.Database.ScalarAsync<int>("select count(*) from portal.notifications"));
        Assert.Equal(rounds * Events, await world.Database.ScalarAsync<int>("select count(*) from portal.deliveries where state = 'Sent' and lease_by is null"));
        Assert.Equal(rounds * Events, await world.Database.ScalarAsync<int>("select count(*) from portal.deliveries"));
    }
}
