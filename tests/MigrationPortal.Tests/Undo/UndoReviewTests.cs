using System.Net;
using MigrationPortal.Batches;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Undo;

/// <summary>An undo is decided about from the list that was kept when it was requested, and only while that is what would happen.</summary>
public sealed class UndoReviewTests
{
    [Fact]
    public async Task List_OfARequestedUndo_IsKeptAndShownThoughThePoolCannotBeRead()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        using var viewer = new ApiTalk(world.Portal.Address, "viewer");
        var batch = await world.RanAsync(ChatWorld.General, ChatWorld.Hall);
        await op.PostAsync($"batches/{batch}/undo", new { reason = "Wrong weekend" });
        await world.Chat.NewDatabase.ExecuteAsync("alter table tblNode rename to away");

        var preview = (await viewer.GetAsync($"batches/{batch}/undo-preview")).GetProperty("preview");
        Assert.True(preview.GetProperty("isStored").GetBoolean());
        var sums = preview.GetProperty("sums").EnumerateArray().ToDictionary(x => x.GetProperty("what").GetString()!, x => x.GetProperty("deleted").GetInt64());
        Assert.Equal((2, 302), (sums["Rooms"], sums["Messages"]));
        Assert.True(sums["Rights"] > 0 && sums["People"] > 0 && sums["Categories"] > 0);
        var rooms = await viewer.GetAsync($"batches/{batch}/undo-list?take=1&skip=1");
        Assert.Equal((2, "Hall"), (rooms.GetProperty("total").GetInt32(), rooms.GetProperty("items")[0].GetProperty("subject").GetString()));
        Assert.True(rooms.GetProperty("items")[0].GetProperty("people").GetInt32() > 0);
    }

    [Fact]
    public async Task Kept_WhatAnotherBatchNeeds_IsNamedWithThatBatch()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var first = await world.RanAsync(ChatWorld.General);
        await world.ScanAsync();
        var second = await world.RanAsync(ChatWorld.Hall);
        await world.Portal.Database.ExecuteAsync($"update portal.batches set name = 'Second wave' where id = {second}");

        await op.PostAsync($"batches/{first}/undo", new { reason = "Wrong weekend" });

        var kept = (await op.GetAsync($"batches/{first}/undo-list?kind=Kept")).GetProperty("items").EnumerateArray().ToList();
        Assert.Contains(kept, x => x.GetProperty("what").GetString() == "Categories" && x.GetProperty("subject").GetString() == "Trading");
        Assert.All(kept, x => Assert.Equal("Second wave", x.GetProperty("neededBy").GetString()));
    }

    [Fact]
    public async Task Approve_WithoutTheListReadOrAComment_IsRefused()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        using var approver = new ApiTalk(world.Portal.Address, "approver");
        var batch = await world.RanAsync(ChatWorld.Hall);
        var fingerprint = (await op.PostAsync($"batches/{batch}/undo", new { reason = "Wrong" })).GetProperty("fingerprint").GetString();

        await approver.RefusedAsync($"batches/{batch}/approve", new { fingerprint, comment = "Read" }, HttpStatusCode.UnprocessableEntity, "list-not-read");
        await approver.RefusedAsync($"batches/{batch}/approve", new { fingerprint, readList = true }, HttpStatusCode.UnprocessableEntity, "reason-required");
        await approver.PostAsync($"batches/{batch}/approve", new { fingerprint, readList = true, comment = "Read" });
    }

    [Fact]
    public async Task Approve_ListOlderThanADay_NeedsItReadAgainFirst()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        using var approver = new ApiTalk(world.Portal.Address, "approver");
        using var viewer = new ApiTalk(world.Portal.Address, "viewer");
        var batch = await world.RanAsync(ChatWorld.Hall);
        var asked = await op.PostAsync($"batches/{batch}/undo", new { reason = "Wrong" });
        await world.Portal.Database.ExecuteAsync("update portal.undos set read_at = now() - interval '25 hours'");
        var body = new { fingerprint = asked.GetProperty("fingerprint").GetString(), comment = "Read", readList = true };

        await approver.RefusedAsync($"batches/{batch}/approve", body, HttpStatusCode.Conflict, "undo-list-old");
        Assert.Equal("not-allowed", await viewer.TryPostAsync($"batches/{batch}/undo-preview"));
        await approver.PostAsync($"batches/{batch}/undo-preview");
        await approver.PostAsync($"batches/{batch}/approve", body);
    }

    [Fact]
    public async Task ReadAgain_OfWhatWasRequestedBeforeListsWereKept_KeepsTheList()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        using var approver = new ApiTalk(world.Portal.Address, "approver");
        var batch = await world.RanAsync(ChatWorld.Hall);
        var asked = await op.PostAsync($"batches/{batch}/undo", new { reason = "Wrong" });
        await world.Portal.Database.ExecuteAsync("delete from portal.undo_lines; update portal.undos set sums = '[]'");
        Assert.Equal("undo-list-old", await approver.TryPostAsync($"batches/{batch}/approve", new { fingerprint = asked.GetProperty("fingerprint").GetString(), comment = "Read", readList = true }));

        await op.PostAsync($"batches/{batch}/undo-preview");

        Assert.Equal(1, (await op.GetAsync($"batches/{batch}/undo-list")).GetProperty("total").GetInt32());
        await approver.ApproveUndoAsync(batch, asked);
    }

    [Theory]
    [InlineData("insert into tblNode (nodeID, nodeGuid, parentID, nodeType, nodeName, nodeDesc, invite, logged, filePost, disabled, behavior, visibility, siopID, nodeAddedBy, nodeAddedOn, nodeUpdatedBy, nodeUpdatedOn) select 9999, gen_random_uuid(), parentID, nodeType, 'By hand', nodeDesc, invite, logged, filePost, disabled, behavior, visibility, siopID, nodeAddedBy, nodeAddedOn, nodeUpdatedBy, nodeUpdatedOn from tblNode where nodeName = 'General'", false)]
    [InlineData("insert into tblChat select nodeID, 301, 640000000000000000, 41, false, 'hello', null from tblNode where nodeName = 'General'", true)]
    public async Task ReadAgain_PoolIsOtherwise_EndsTheRequestAndItsApprovals(string change, bool isPost)
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        using var approver = new ApiTalk(world.Portal.Address, "approver");
        var batch = await world.RanAsync(ChatWorld.General);
        var asked = await op.PostAsync($"batches/{batch}/undo", new { reason = "Wrong" });
        await approver.ApproveUndoAsync(batch, asked);
        await world.Chat.NewDatabase.ExecuteAsync(change);

        var sentence = await op.RefusedAsync($"batches/{batch}/undo-preview", null, HttpStatusCode.Conflict, "undo-changed");

        Assert.Equal(isPost, sentence.Contains("1 message was posted in “General”", StringComparison.Ordinal));
        Assert.Equal(BatchState.Completed, await world.BatchAsync(batch));
        var request = (await op.GetAsync($"batches/{batch}/undo-preview")).GetProperty("request");
        Assert.Equal(("Changed", sentence), (request.GetProperty("state").GetString(), request.GetProperty("error").GetString()));
        Assert.Equal(1, await world.Portal.Database.ScalarAsync<int>("select count(*) from portal.decisions where lost_how = 'ListChanged'"));
        var kinds = (await op.GetAsync($"batches/{batch}/timeline")).GetProperty("items").EnumerateArray().Select(x => x.GetProperty("kind").GetString()).ToList();
        Assert.Contains("UndoChanged", kinds);
        Assert.Contains("ApprovalLost", kinds);
        // Only another request helps; a room that was used keeps its obstacle.
        var again = await op.TryPostAsync($"batches/{batch}/undo", new { reason = "Again" });
        Assert.Equal(isPost ? "room-used-since" : null, again);
    }
}
