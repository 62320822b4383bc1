using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Runs;

/// <summary>The portal's process dies without a word in the middle of a run; the next one goes on by itself.</summary>
public sealed class KilledPortalTests
{
    [Fact]
    public async Task KillPortal_InTheMiddleOfARun_NextStartFinishesItWithNothingLostOrDoubled()
    {
        await using var chat = await ChatWorld.CreateAsync();
        using var directory = new TemporaryDirectory();
        string[] settings = [.. Pair(chat), "--Runs:MessagesPerSecond=2"];
        string batch;
        await using (var first = PortalProcess.Start(directory.Path, settings: settings))
        {
            batch = await StartedAsync(await first.AddressAsync(), chat);
            await first.KillHardAsync();
        }

        Assert.InRange(await chat.NewDatabase.ScalarAsync<int>(Copied), 1, 299);
        await using var second = PortalProcess.Start(directory.Path, settings: settings);
        using var op = new ApiTalk(await second.AddressAsync(), "operator");
        await op.PostAsync($"batches/{batch}/throttle");
        await Eventually.IsAsync(() => op.GetAsync($"batches/{batch}"), x => x.GetProperty("state").GetString() == "Completed");

        Assert.Equal(300, await chat.NewDatabase.ScalarAsync<int>(Copied));
        Assert.Equal(300, await chat.NewDatabase.ScalarAsync<int>(Copied.Replace("*", "distinct chatId", StringComparison.Ordinal)));
        Assert.Equal("Perfect", (await op.GetAsync($"batches/{batch}/verification")).GetProperty("grade").GetString());
    }

    private const string Copied = $"select count(*) from tblChat join tblNode on nodeID = channelId where nodeGuid = '{ChatWorld.General}'";

    private static async Task<string> StartedAsync(Uri address, ChatWorld chat)
    {
        using var planner = new ApiTalk(address, "planner");
        using var approver = new ApiTalk(address, "approver");
        using var op = new ApiTalk(address, "operator");
        await op.PostAsync("pool-pairs/contoso/scans");
        await Eventually.IsAsync(() => op.GetAsync("pool-pairs/contoso/scans/latest"), x => x.GetProperty("state").GetString() == "Completed");
        var room = (await planner.GetAsync("pool-pairs/contoso/rooms?search=General")).GetProperty("items")[0].GetProperty("id").GetString();
        var batch = (await planner.PostAsync("batches", new { poolPairId = "contoso", name = "First wave", roomIds = new[] { room } })).GetProperty("id").GetString()!;
        await planner.PostAsync($"batches/{batch}/submit", new { acknowledgeWarnings = true });
        var fingerprint = (await approver.GetAsync($"batches/{batch}")).GetProperty("fingerprint").GetString();
        await approver.PostAsync($"batches/{batch}/approve", new { fingerprint });
        await op.PostAsync($"batches/{batch}/start");
        await Eventually.TrueAsync(async () => await chat.NewDatabase.ScalarAsync<int>(Copied) > 0);
        return batch;
    }

    private static IEnumerable<string> Pair(ChatWorld chat) =>
    [
        "--PoolPairs:0:Id=contoso",
        "--PoolPairs:0:Name=Contoso",
        "--PoolPairs:0:Legacy:Product=LyncGroupChat2010",
        "--PoolPairs:0:Legacy:Provider=PostgreSql",
        $"--PoolPairs:0:Legacy:ConnectionString={chat.LegacyDatabase.ConnectionString}",
        "--PoolPairs:0:New:Product=LyncPersistentChat2013",
        "--PoolPairs:0:New:Provider=PostgreSql",
        $"--PoolPairs:0:New:ConnectionString={chat.NewDatabase.ConnectionString}",
    ];
}
