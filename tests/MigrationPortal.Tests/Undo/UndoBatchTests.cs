using System.Net;
using MigrationPortal.Batches;
using MigrationPortal.Runs;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Undo;

/// <summary>Taking a batch back over the API, by three people, on real databases.</summary>
public sealed class UndoBatchTests
{
    [Fact]
    public async Task Undo_AskedApprovedAndStarted_LeavesTheNewPoolAsBeforeAndFreesTheRooms()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        using var approver = new ApiTalk(world.Portal.Address, "approver");
        var before = await ChatWorld.HashAsync(world.Chat.NewDatabase);
        var batch = await world.RanAsync(ChatWorld.General, ChatWorld.Hall);

        await op.RefusedAsync($"batches/{batch}/undo", new { reason = " " }, HttpStatusCode.UnprocessableEntity, "reason-required");
        var asked = await op.PostAsync($"batches/{batch}/undo", new { reason = "Wrong weekend" });
        Assert.Equal(("InReview", 2), (asked.GetProperty("state").GetString(), asked.GetProperty("roomCount").GetInt32()));
        Assert.Equal("in-review", await op.TryPostAsync($"batches/{batch}/undo", new { reason = "Again" }));
        var fingerprint = asked.GetProperty("fingerprint").GetString();
        Assert.Equal("plan-changed", await approver.TryPostAsync($"batches/{batch}/approve", new { fingerprint = "0" }));
        Assert.Equal("not-allowed", await op.TryPostAsync($"batches/{batch}/approve", new { fingerprint }));
        Assert.Single((await approver.GetAsync("reviews")).GetProperty("items").EnumerateArray());
        await approver.ApproveUndoAsync(batch, asked);
        Assert.Equal(BatchState.Completed, await world.BatchAsync(batch));
        await op.PostAsync($"batches/{batch}/undo");
        await Eventually.IsAsync(() => world.BatchAsync(batch), x => x is BatchState.Undone or BatchState.Failed);

        Assert.Equal(BatchState.Undone, await world.BatchAsync(batch));
        Assert.Equal(before, await ChatWorld.HashAsync(world.Chat.NewDatabase));
        Assert.Equal(302, (await op.GetAsync($"batches/{batch}/undo-preview")).GetProperty("request").GetProperty("removedMessageCount").GetInt32());
        Assert.Equal(0, await world.Portal.Database.ScalarAsync<int>("select count(*) from (select 1 from portal.ledger_rows union all select 1 from portal.ledger_pages union all select 1 from portal.ledger_ids) x"));
        await Eventually.TrueAsync(async () => (await op.GetAsync("pool-pairs/contoso/rooms?comparison=OnlyLegacy")).GetProperty("total").GetInt32() == 6);

        var again = await world.RanAsync(ChatWorld.General);
        Assert.Equal(BatchState.Completed, await world.BatchAsync(again));
    }

    [Fact]
    public async Task Undo_AnotherRunIsPausedThatCopiesItsPeoplesMessages_LeavesThemForIt_AndItsUndoTakesThemAlong()
    {
        await using var world = await RunWorld.CreateAsync(null, ("Runs:MessagesPerSecond", "2"));
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var before = await ChatWorld.HashAsync(world.Chat.NewDatabase);
        // Dan comes with Secret. In General he wrote the last message, and nothing else names him.
        await world.Chat.LegacyDatabase.ExecuteAsync("update tblChat set userId = case chatId when 300 then 6 else 2 end where channelId = 10");
        await world.ScanAsync();
        var first = await world.RanAsync(ChatWorld.Secret);
        var second = await world.ApprovedBatchAsync(ChatWorld.General);
        var run = (await world.StartAsync(second)).RunId;
        await Eventually.TrueAsync(async () => (await world.TransfersAsync(run)).Any(x => x.CopiedMessageCount > 0));
        await op.PostAsync($"batches/{second}/pause");
        await Eventually.TrueAsync(async () => (await world.TransfersAsync(run)).All(x => !x.State.IsActive()));

        await world.UndoneAsync(first);

        Assert.Equal(1, await world.Chat.NewDatabase.ScalarAsync<int>("select count(*) from tblPrincipal where prinUri = 'sip:dan@contoso.com'"));
        await op.PostAsync($"batches/{second}/throttle", new { messagesPerSecond = (int?)null });
        await op.PostAsync($"batches/{second}/resume");
        Assert.Equal(RunState.Completed, (await world.EndAsync(run)).State);
        await world.UndoneAsync(second);
        Assert.Equal(before, await ChatWorld.HashAsync(world.Chat.NewDatabase));
    }

    [Fact]
    public async Task Undo_RunThatFailedBeforeItWroteAnything_FreesTheRooms()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        using var approver = new ApiTalk(world.Portal.Address, "approver");
        var batch = await world.ApprovedBatchAsync(ChatWorld.General);
        await world.Chat.NewDatabase.ExecuteAsync("""
            create function nobody() returns trigger language plpgsql as $$ begin raise check_violation using message = 'nobody'; end $$;
            create trigger nobody before insert on tblNode for each row execute function nobody()
            """);
        Assert.Equal(RunState.Failed, (await world.EndAsync((await world.StartAsync(batch)).RunId)).State);
        await world.Chat.NewDatabase.ExecuteAsync("drop trigger nobody on tblNode");

        var asked = await op.PostAsync($"batches/{batch}/undo", new { reason = "It never began" });
        await approver.ApproveUndoAsync(batch, asked);
        await op.PostAsync($"batches/{batch}/undo");
        await Eventually.IsAsync(() => world.BatchAsync(batch), x => x is BatchState.Undone or BatchState.Failed);

        Assert.Equal(BatchState.Undone, await world.BatchAsync(batch));
        Assert.Equal(BatchState.Completed, await world.BatchAsync(await world.RanAsync(ChatWorld.General)));
    }

    [Fact]
    public async Task Undo_SomebodyPostedSince_IsRefusedNamingTheRoom()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var batch = await world.RanAsync(ChatWorld.General);
        await world.Chat.NewDatabase.ExecuteAsync("insert into tblChat select nodeID, 301, 640000000000000000, 41, false, 'hello', null from tblNode where nodeName = 'General'");

        var sentence = await op.RefusedAsync($"batches/{batch}/undo", new { reason = "Wrong" }, HttpStatusCode.Conflict, "room-used-since");

        Assert.Contains("1 message was posted in “General”", sentence, StringComparison.Ordinal);
        Assert.Equal(BatchState.Completed, await world.BatchAsync(batch));
    }

    [Fact]
    public async Task Undo_PostedAfterTheApproval_RemovesNothing()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        using var approver = new ApiTalk(world.Portal.Address, "approver");
        var batch = await world.RanAsync(ChatWorld.General);
        var asked = await op.PostAsync($"batches/{batch}/undo", new { reason = "Wrong" });
        await approver.ApproveUndoAsync(batch, asked);
        await world.Chat.NewDatabase.ExecuteAsync("insert into tblChat select nodeID, 301, 640000000000000000, 41, false, 'hello', null from tblNode where nodeName = 'General'");
        var before = await ChatWorld.HashAsync(world.Chat.NewDatabase);

        Assert.Equal("room-used-since", await op.TryPostAsync($"batches/{batch}/undo"));

        Assert.Equal(before, await ChatWorld.HashAsync(world.Chat.NewDatabase));
    }

    [Fact]
    public async Task Undo_Declined_ChangesNothingAndCanBeAskedAgain()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        using var approver = new ApiTalk(world.Portal.Address, "approver");
        var batch = await world.RanAsync(ChatWorld.Hall);
        await op.PostAsync($"batches/{batch}/undo", new { reason = "Wrong" });
        await approver.PostAsync($"batches/{batch}/send-back", new { reason = "People work there" });

        Assert.Equal(BatchState.Completed, await world.BatchAsync(batch));
        Assert.Equal("InReview", (await op.PostAsync($"batches/{batch}/undo", new { reason = "They moved" })).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Undo_OfTheFirstOfTwo_LeavesSharedRowsWhichGoWithTheSecond()
    {
        await using var world = await RunWorld.CreateAsync();
        var before = await ChatWorld.HashAsync(world.Chat.NewDatabase);
        var first = await world.RanAsync(ChatWorld.General);
        await world.ScanAsync();
        var second = await world.RanAsync(ChatWorld.Hall);

        await world.UndoneAsync(first);
        Assert.Equal(0, await world.Chat.NewDatabase.ScalarAsync<int>($"select count(*) from tblNode where nodeGuid = '{ChatWorld.General}'"));
        Assert.Equal(1, await world.Chat.NewDatabase.ScalarAsync<int>("select count(*) from tblNode where nodeName = 'Trading'"));
        await world.UndoneAsync(second);

        Assert.Equal(before, await ChatWorld.HashAsync(world.Chat.NewDatabase));
    }
}
