using MigrationPortal.Batches;
using MigrationPortal.Runs;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Tests.Shared.Servers;

namespace MigrationPortal.Tests.Runs;

/// <summary>A server falls silent in the middle of a message while a run works with it: a stop ends the run whatever the server does.</summary>
public sealed class SilentServerTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancel_ServerFellSilent_EndsTheRunLongBeforeTheDriverDoes_AndItGoesOnLater(bool isLegacy)
    {
        ChatWorld? chat = null;
        await using var proxy = new FaultyProxy(() => isLegacy ? chat!.LegacyDatabase : chat!.NewDatabase);
        await using var world = await RunWorld.CreateAsync(made =>
        {
            chat = made;
            return
            [
                ("Runs:MessagesPerSecond", "2"),
                ($"PoolPairs:0:{(isLegacy ? "Legacy" : "New")}:ConnectionString", proxy.Through((isLegacy ? made.LegacyDatabase : made.NewDatabase).ConnectionString)),
            ];
        });
        using var op = new ApiTalk(world.Portal.Address, "operator");
        await world.Chat.LegacyDatabase.ExecuteAsync("update tblChat set content = repeat('long ', 2000) || chatId where channelId = 10");
        var batch = await world.ApprovedBatchAsync(ChatWorld.General);
        var run = (await world.StartAsync(batch)).RunId;
        await Eventually.TrueAsync(async () => await world.Chat.NewDatabase.ScalarAsync<int>(Copied) > 0);

        proxy.FailAfter(100_000, cuts: false);
        await op.PostAsync($"batches/{batch}/throttle");
        await Eventually.TrueAsync(() => Task.FromResult(proxy.IsFaulty));
        await op.PostAsync($"batches/{batch}/cancel");

        Assert.Equal(RunState.Cancelled, (await world.EndAsync(run)).State);
        Assert.Equal(BatchState.Cancelled, await world.BatchAsync(batch));
        proxy.Heal();
        // What the server still holds for a client that it cannot hear goes when its connection does.
        await world.Chat.NewDatabase.CutAsync();
        await op.PostAsync($"batches/{batch}/resume");
        Assert.Equal(RunState.Completed, (await world.EndAsync(run)).State);
        Assert.Equal(300, await world.Chat.NewDatabase.ScalarAsync<int>(Copied));
    }

    private const string Copied = $"select count(*) from tblChat join tblNode on nodeID = channelId where nodeGuid = '{ChatWorld.General}'";
}
