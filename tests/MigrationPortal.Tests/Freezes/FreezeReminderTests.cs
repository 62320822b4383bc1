using MigrationPortal.Freezes;
using MigrationPortal.Inbox;
using MigrationPortal.Live;
using MigrationPortal.Notices.Bell;
using MigrationPortal.PoolPairs;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Notices;
using MigrationPortal.Tests.Reviews;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Freezes;

/// <summary>The planned end of a freeze reminds, and never lifts it.</summary>
public sealed class FreezeReminderTests
{
    private static readonly Caller _olga = new("olga", "olga", new HashSet<Role> { Role.Operator });

    [Fact]
    public async Task End_Passed_IsToldOnceAndStandsInTheInboxUntilItIsLifted()
    {
        await using var world = await StartAsync();
        await using (var db = world.Database.OpenPortal())
        {
            db.AddRange(new[] { _olga, PolicyWorld.Ada, Petra }.Select(Known));
            await db.SaveChangesAsync();
        }

        Done(await SetAsync(world, isFrozen: true, until: TimeProvider.System.GetUtcNow().AddHours(1)));
        Assert.Equal(0, await world.Get<FreezeReminders>().TellAsync(CancellationToken.None));
        Assert.Empty(await LinesAsync(world, _olga));

        await world.Database.ExecuteAsync("update portal.freezes set until = until - interval '2 hours' where is_frozen");
        Assert.Equal(1, await world.Get<FreezeReminders>().TellAsync(CancellationToken.None));
        Assert.Equal(0, await world.Get<FreezeReminders>().TellAsync(CancellationToken.None));
        await OutboxTests.HandOutAsync(world);
        foreach (var told in new[] { _olga, PolicyWorld.Ada })
        {
            Assert.Contains(FreezeReminders.Over, await KindsAsync(world, told));
            var line = Assert.Single(await LinesAsync(world, told));
            Assert.Equal(($"freeze:{Pair}", InboxClass.Decide, true), (line.Key, line.Class, line.IsCounted));
            Assert.NotNull(line.Due);
            Assert.Contains("Disks are being replaced", line.Reason, StringComparison.Ordinal);
            Assert.NotNull(await world.Get<InboxQueries>().FindAsync(line.Key, told, CancellationToken.None));
        }

        Assert.DoesNotContain(FreezeReminders.Over, await KindsAsync(world, Petra));
        Assert.Empty(await LinesAsync(world, Petra));
        // A reminder lifts nothing.
        Assert.Single((await world.Get<FreezeQueries>().FindAsync(CancellationToken.None)).Pairs);

        Done(await SetAsync(world, isFrozen: false));
        Assert.Empty(await LinesAsync(world, _olga));
        Assert.Equal(0, await world.Get<FreezeReminders>().TellAsync(CancellationToken.None));
    }

    [Fact]
    public async Task End_SetAgain_RemindsAgain()
    {
        await using var world = await StartAsync();
        for (var times = 0; times < 2; times++)
        {
            Done(await SetAsync(world, isFrozen: true, until: TimeProvider.System.GetUtcNow().AddHours(1)));
            await world.Database.ExecuteAsync("update portal.freezes set until = until - interval '2 hours' where is_frozen");
            Assert.Equal(1, await world.Get<FreezeReminders>().TellAsync(CancellationToken.None));
        }
    }

    private static Task<MigrationPortal.Engine.Outcome<FreezeState>> SetAsync(BatchWorld world, bool isFrozen, DateTimeOffset? until = null) => world.Get<SetFreezeHandler>().HandleAsync(
        new SetFreeze(Pair, isFrozen, "Disks are being replaced", Until: until), _olga, world.Get<FreezeQueries>(), CancellationToken.None);

    private static async Task<IReadOnlyList<InboxLine>> LinesAsync(BatchWorld world, Caller caller)
    {
        world.Get<LiveFeed>().Deliver(SetFreezeHandler.Topic);
        return await world.Get<InboxQueries>().ListAsync(Pair, caller, CancellationToken.None);
    }

    private static async Task<IReadOnlyList<string>> KindsAsync(BatchWorld world, Caller caller) =>
        [.. (await world.Get<NotificationQueries>().ListAsync(caller, onlyUnread: false, new(0, 50), CancellationToken.None)).Items.Select(x => x.Kind)];
}
