using System.Net;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Batches;
using MigrationPortal.Delta;
using MigrationPortal.Runs;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;
using static MigrationPortal.Tests.Delta.DeltaSteps;

namespace MigrationPortal.Tests.Delta;

/// <summary>The last delta of a batch, which closes it.</summary>
public sealed class LastDeltaTests
{
    [Fact]
    public async Task CutOver_RoomIsGone_StaysAsItIsAndHoldsUpNothing()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        using var approver = new ApiTalk(world.Portal.Address, "approver");
        var batch = await world.RanAsync(ChatWorld.General, ChatWorld.Purged);
        await world.Chat.LegacyDatabase.ExecuteAsync($"{MoreMessages};delete from tblLastChatId where nodeID = 15; delete from tblNode where nodeID = 15");

        var fingerprint = (await op.PostAsync($"batches/{batch}/cut-over")).GetProperty("fingerprint").GetString();
        await approver.PostAsync($"batches/{batch}/approve", new { fingerprint });
        await op.PostAsync($"batches/{batch}/cut-over");

        await Eventually.IsAsync(() => world.BatchAsync(batch), x => x is BatchState.CutOver or BatchState.Failed or BatchState.CompletedWithFindings);
        Assert.Equal(BatchState.CutOver, await world.BatchAsync(batch));
        Assert.Equal(345, await CountAsync(world, "General"));
        Assert.Equal(1, await world.Chat.NewDatabase.ScalarAsync<int>("select count(*) from tblNode where nodeName = 'Purged'"));
    }

    [Fact]
    public async Task CutOver_EverythingProven_ClosesTheBatchForGood()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var batch = await world.RanAsync(ChatWorld.General, ChatWorld.Hall);
        await world.Chat.LegacyDatabase.ExecuteAsync(MoreMessages);

        await op.PostAsync($"batches/{batch}/cut-over");
        await Eventually.IsAsync(() => world.BatchAsync(batch), x => x is BatchState.CutOver or BatchState.Failed or BatchState.CompletedWithFindings);

        Assert.Equal(BatchState.CutOver, await world.BatchAsync(batch));
        // What people chose to call a room stays chosen, though the batch holds it no longer.
        await world.Portal.Database.ExecuteAsync($"update portal.batch_rooms set new_name = 'Chosen' where batch_id = {batch} and not is_open");
        await using (var db = world.Portal.Database.OpenPortal())
            Assert.Equal("Chosen", (await world.Portal.Get<MigrationPortal.Rooms.Scanning.IChosenNames>().ListAsync(db, "contoso", CancellationToken.None))[Guid.Parse(ChatWorld.General)]);
        Assert.Null(await op.TryPostAsync($"batches/{batch}/verify"));
        Assert.Equal(345, await CountAsync(world, "General"));
        foreach (var more in new[] { "delta", "cut-over", "undo", "resume" })
            Assert.Equal("wrong-state", await op.TryPostAsync($"batches/{batch}/{more}", new { reason = "again" }));
    }

    [Fact]
    public async Task CutOver_RoomUsedSince_LeavesTheBatchOpenWithTheFinding()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var batch = await world.RanAsync(ChatWorld.General);
        await world.Chat.NewDatabase.ExecuteAsync("insert into tblChat select nodeID, 301, 640000000000000000, 41, false, 'hello', null from tblNode where nodeName = 'General'");

        await op.PostAsync($"batches/{batch}/cut-over");

        await Eventually.IsAsync(() => world.BatchAsync(batch), x => x == BatchState.CompletedWithFindings);
    }
}
