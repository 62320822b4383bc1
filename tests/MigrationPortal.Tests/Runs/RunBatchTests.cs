using MigrationPortal.Batches;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Runs;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Runs;

public sealed class RunBatchTests
{
    private static readonly string[] AllRooms =
        [ChatWorld.General, ChatWorld.Deep, ChatWorld.Hall, ChatWorld.Secret, ChatWorld.Empty, ChatWorld.Purged];

    [Fact]
    public async Task Start_ApprovedBatch_CopiesProvesAndCompletes()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.ApprovedBatchAsync(AllRooms);

        var run = await world.EndAsync((await world.StartAsync(batch)).RunId);

        Assert.Equal((RunState.Completed, null), (run.State, run.Error));
        Assert.Equal(BatchState.Completed, await world.BatchAsync(batch));
        var transfers = await world.TransfersAsync(run.Id);
        Assert.Equal(6, transfers.Count);
        Assert.All(transfers, x => Assert.Equal((TransferState.Done, x.TotalMessageCount), (x.State, x.CopiedMessageCount)));
        Assert.All(transfers, x => Assert.True(x.Grade == Grade.Perfect));
        Assert.Equal(300, await world.Chat.NewDatabase.ScalarAsync<int>($"select count(*) from tblChat join tblNode on nodeID = channelId where nodeGuid = '{ChatWorld.General}'"));
        Assert.Equal(6, await world.Portal.Database.ScalarAsync<int>("select count(*) from portal.room_pairs join portal.pool_pairs on current_scan_id = scan_id where comparison = 'Same'"));
        Assert.Equal(0, await world.Portal.Database.ScalarAsync<int>("select count(*) from portal.ledger_pages where confirmed_at is null"));
    }

    [Fact]
    public async Task Resume_CancelledBatchWhoseRoomWasExcludedMeanwhile_NamesTheRoomAndMovesNothing()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var batch = await world.RanAsync(ChatWorld.Hall);
        await world.Portal.Database.ExecuteAsync($"""
            update portal.batches set state = 'Cancelled' where id = {batch};
            update portal.runs set state = 'Cancelled' where batch_id = {batch};
            update portal.batch_rooms set is_open = false where batch_id = {batch};
            update portal.rooms set left_out_at = now(), left_out_by = 'pia', left_out_reason = 'Not this one' where guid = '{ChatWorld.Hall}'
            """);

        Assert.Equal("room-excluded", await op.TryPostAsync($"batches/{batch}/resume"));
        Assert.False(await world.Portal.Database.ScalarAsync<bool>($"select is_open from portal.batch_rooms where batch_id = {batch}"));
    }

    [Fact]
    public async Task End_WithoutAScan_ShowsThePeopleOfTheNewRoom()
    {
        await using var world = await RunWorld.CreateAsync();
        await world.RanAsync(ChatWorld.Hall);
        var id = await world.Portal.Database.ScalarAsync<long>($"select id from portal.rooms where guid = '{ChatWorld.Hall}'");
        using var viewer = new ApiTalk(world.Portal.Address, "viewer");
        async Task<IReadOnlyList<string>> LinesAsync() => [.. (await viewer.GetAsync($"rooms/{id}/people")).GetProperty("items").EnumerateArray()
            .Select(x => $"{x.GetProperty("name")}: {x.GetProperty("new")} {x.GetProperty("change")}").Order(StringComparer.Ordinal)];

        var before = await LinesAsync();
        await world.ScanAsync();

        Assert.NotEmpty(before);
        Assert.All(before, x => Assert.EndsWith("Keeps", x));
        Assert.Equal(await LinesAsync(), before);
    }
}
