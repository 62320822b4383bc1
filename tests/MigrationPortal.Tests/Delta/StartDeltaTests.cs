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

/// <summary>Moving what came since, over the API, on real databases.</summary>
public sealed class StartDeltaTests
{
    private const string MoreRights = "insert into tblPrincipalRole values (10, 2, 1, 1, null, null); update tblNode set nodeDesc = 'All of it' where nodeID = 10";

    [Fact]
    public async Task Delta_OnlyMessagesCame_RunsWithoutAnotherYesAsOftenAsWanted()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var batch = await world.RanAsync(ChatWorld.General, ChatWorld.Hall);
        await world.Chat.LegacyDatabase.ExecuteAsync(MoreMessages);

        var preview = await op.GetAsync($"batches/{batch}/delta-preview");
        Assert.Equal((false, 0), (preview.GetProperty("needsReview").GetBoolean(), preview.GetProperty("changeCount").GetInt32()));
        var growth = Assert.Single(preview.GetProperty("rooms").EnumerateArray());
        Assert.Equal(("General", 300, 345), (growth.GetProperty("room").GetString(), growth.GetProperty("before").GetInt32(), growth.GetProperty("now").GetInt32()));
        await DeltaAsync(world, op, batch, RunState.Completed);
        Assert.Equal(345, await CountAsync(world, "General"));
        Assert.Equal("OnlyLegacy,Same", await ComparisonsAsync(op));

        await DeltaAsync(world, op, batch, RunState.Completed);
        Assert.Equal(["Delta", "Delta", "Move"], (await op.GetAsync($"batches/{batch}/runs")).GetProperty("items").EnumerateArray().Select(x => x.GetProperty("kind").GetString()));
        Assert.Equal(345, await CountAsync(world, "General"));
    }

    [Fact]
    public async Task Delta_RightsChanged_WaitsForAnotherPersonAndMovesExactlyThat()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        using var approver = new ApiTalk(world.Portal.Address, "approver");
        var batch = await world.RanAsync(ChatWorld.General);
        await world.Chat.LegacyDatabase.ExecuteAsync($"{MoreMessages};{MoreRights}");

        var asked = await op.PostAsync($"batches/{batch}/delta");
        Assert.Equal(("InReview", null), (asked.GetProperty("state").GetString(), asked.GetProperty("runId").GetString()));
        Assert.Equal(300, await CountAsync(world, "General"));
        var fingerprint = asked.GetProperty("fingerprint").GetString();
        Assert.Equal("not-allowed", await op.TryPostAsync($"batches/{batch}/approve", new { fingerprint }));
        Assert.Equal("plan-changed", await approver.TryPostAsync($"batches/{batch}/approve", new { fingerprint = "0" }));
        var changes = (await op.GetAsync($"batches/{batch}/delta-preview")).GetProperty("changes").EnumerateArray().Select(x => $"{x.GetProperty("property")} {x.GetProperty("old")}>{x.GetProperty("new")}");
        Assert.Equal(["Description About General>All of it", "Member >Ann Ärmel"], changes.Order(StringComparer.Ordinal));
        await approver.PostAsync($"batches/{batch}/approve", new { fingerprint });
        await DeltaAsync(world, op, batch, RunState.Completed);

        Assert.Equal(345, await CountAsync(world, "General"));
        Assert.Equal("All of it", await world.Chat.NewDatabase.ScalarAsync<string>("select nodeDesc from tblNode where nodeName = 'General'"));
        Assert.Equal(1, await world.Chat.NewDatabase.ScalarAsync<int>("select count(*) from tblPrincipalRole join tblRoleType on rtypeID = prinRoleTypeID where prinRolePrinID = 40 and rtypeDesc = 'Member' and prinRoleNodeID = (select nodeID from tblNode where nodeName = 'General')"));
    }

    [Fact]
    public async Task Delta_AnotherBatchCreatesItsNewMemberFirst_UsesThatPerson()
    {
        const string Eve = "prinGuid = '10000000-0000-0000-0000-000000000008', prinUri = 'sip:eve@contoso.com', prinName = 'Eve', prinADPath = 'CN=Eve,OU=Staff,DC=contoso,DC=com'";
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        using var approver = new ApiTalk(world.Portal.Address, "approver");
        var batch = await world.RanAsync(ChatWorld.General);
        await world.Chat.LegacyDatabase.ExecuteAsync($"""
            create temp table eve as select * from tblPrincipal where prinID = 3;
            update eve set prinID = 8, {Eve};
            insert into tblPrincipal select * from eve;
            insert into tblPrincipalRole values (10, 8, 1, 1, null, null)
            """);
        var asked = await op.PostAsync($"batches/{batch}/delta");
        await approver.PostAsync($"batches/{batch}/approve", new { fingerprint = asked.GetProperty("fingerprint").GetString() });
        long run;
        await using (ChatWorld.Done(await SqlDialect.For(SqlProvider.PostgreSql).AcquireRunLockAsync(world.Chat.New, CancellationToken.None)))
        {
            run = long.Parse((await op.PostAsync($"batches/{batch}/delta")).GetProperty("runId").GetString()!, null);
            await Eventually.IsAsync(() => world.RunAsync(run), x => x.Note is not null);
            // As the batch before it does in its own turn.
            await world.Chat.NewDatabase.ExecuteAsync($"""
                create temp table eve as select * from tblPrincipal where prinID = 40;
                update eve set prinID = 900, {Eve}, prinDisplayName = 'Eve';
                insert into tblPrincipal select * from eve
                """);
        }

        var end = await world.EndAsync(run);

        Assert.Equal((RunState.Completed, null), (end.State, end.Error));
        Assert.Equal(1, await world.Chat.NewDatabase.ScalarAsync<int>("select count(*) from tblPrincipalRole where prinRolePrinID = 900"));
    }

    [Fact]
    public async Task DeltaChanges_MoreThanAPage_AreAllKeptInTheOrderOfAReader()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var batch = await world.RanAsync(ChatWorld.General, ChatWorld.Hall);
        await world.Chat.LegacyDatabase.ExecuteAsync($"{MoreRights};update tblNode set nodeDesc = 'Alike' where nodeGuid in ('{ChatWorld.General}', '{ChatWorld.Hall}')");
        await op.PostAsync($"batches/{batch}/delta");
        await world.Portal.Database.ExecuteAsync("insert into portal.delta_lines select delta_id, 1000 + i, 'Room', 'Room ' || i, 'Privacy', 'Open', 'Closed' from generate_series(1, 1200) i, (select max(id) as delta_id from portal.deltas) d");

        var page = await op.GetAsync($"batches/{batch}/delta-changes?take=2");
        Assert.Equal(1203, page.GetProperty("total").GetInt32());
        Assert.Equal(["Member", "Description"], page.GetProperty("items").EnumerateArray().Select(x => x.GetProperty("property").GetString()));
        var last = await op.GetAsync($"batches/{batch}/delta-changes?skip=1202");
        Assert.Equal("Room 1200", last.GetProperty("items")[0].GetProperty("subject").GetString());
        var alike = Assert.Single(await world.Portal.Get<DeltaQueries>().AlikeAsync((await world.Portal.Get<DeltaQueries>().FindLatestAsync(batch, CancellationToken.None))!.Id, CancellationToken.None));
        Assert.Equal(("Privacy", 1200), (alike.First.Property, alike.Count));
    }

    [Fact]
    public async Task Delta_ApprovedAndThenAnUndoWasAskedForAndSentBack_AsksForAnotherApproval()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        using var approver = new ApiTalk(world.Portal.Address, "approver");
        var batch = await world.RanAsync(ChatWorld.General);
        await world.Chat.LegacyDatabase.ExecuteAsync(MoreRights);
        var fingerprint = (await op.PostAsync($"batches/{batch}/delta")).GetProperty("fingerprint").GetString();
        await approver.PostAsync($"batches/{batch}/approve", new { fingerprint });
        await op.PostAsync($"batches/{batch}/undo", new { reason = "Perhaps" });
        await approver.PostAsync($"batches/{batch}/send-back", new { reason = "No" });

        var asked = await op.PostAsync($"batches/{batch}/delta");

        Assert.Equal((System.Text.Json.JsonValueKind.Null, fingerprint), (asked.GetProperty("runId").ValueKind, asked.GetProperty("fingerprint").GetString()));
        await approver.PostAsync($"batches/{batch}/approve", new { fingerprint });
        await DeltaAsync(world, op, batch, RunState.Completed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Delta_WhatWasAskedForIsGoneAgain_StartsAndEndsTheReview_SoThatAnUndoCanBeAskedFor(bool isApproved)
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        using var approver = new ApiTalk(world.Portal.Address, "approver");
        var batch = await world.RanAsync(ChatWorld.General);
        await world.Chat.LegacyDatabase.ExecuteAsync(MoreRights);
        var fingerprint = (await op.PostAsync($"batches/{batch}/delta")).GetProperty("fingerprint").GetString();
        if (isApproved)
            await approver.PostAsync($"batches/{batch}/approve", new { fingerprint });
        await world.Chat.LegacyDatabase.ExecuteAsync("delete from tblPrincipalRole where prinRoleNodeID = 10 and prinRolePrinID = 2 and prinRoleTypeID = 1; update tblNode set nodeDesc = 'About General' where nodeID = 10");

        await DeltaAsync(world, op, batch, RunState.Completed);

        Assert.Equal(DeltaState.SentBack, (await world.Portal.Get<DeltaQueries>().FindLatestAsync(batch, CancellationToken.None))!.State);
        Assert.Null(await op.TryPostAsync($"batches/{batch}/undo", new { reason = "All of it" }));
        // Whoever took part hears that nothing is left to decide, whether somebody had approved it or not.
        Assert.Equal(1, await world.Portal.Database.ScalarAsync<int>("select count(*) from portal.events where kind = 'Recalled' and url like '%tab=delta%'"));
    }

    [Fact]
    public async Task Delta_ChangedAgainAfterTheApproval_AsksAgainAndMovesNothing()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        using var approver = new ApiTalk(world.Portal.Address, "approver");
        var batch = await world.RanAsync(ChatWorld.General);
        await world.Chat.LegacyDatabase.ExecuteAsync(MoreRights);
        var first = (await op.PostAsync($"batches/{batch}/delta")).GetProperty("fingerprint").GetString();
        await approver.PostAsync($"batches/{batch}/approve", new { fingerprint = first });
        await world.Chat.LegacyDatabase.ExecuteAsync("delete from tblPrincipalRole where prinRoleNodeID = 10 and prinRolePrinID = 3");
        var before = await ChatWorld.HashAsync(world.Chat.NewDatabase);

        var second = await op.PostAsync($"batches/{batch}/delta");

        Assert.Equal("InReview", second.GetProperty("state").GetString());
        Assert.NotEqual(first, second.GetProperty("fingerprint").GetString());
        Assert.Equal(before, await ChatWorld.HashAsync(world.Chat.NewDatabase));
        await approver.PostAsync($"batches/{batch}/send-back", new { reason = "Bob stays" });
        Assert.Equal(BatchState.Completed, await world.BatchAsync(batch));
    }

    [Fact]
    public async Task Delta_SomebodyPostedInTheNewRoom_SkipsItSaysWhyAndMovesTheOther()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var batch = await world.RanAsync(ChatWorld.General, ChatWorld.Purged);
        await world.Chat.NewDatabase.ExecuteAsync("insert into tblChat select nodeID, 301, 640000000000000000, 41, false, 'hello', null from tblNode where nodeName = 'General'");
        await world.Chat.LegacyDatabase.ExecuteAsync($"{MoreMessages};insert into tblChat values (15, 51, 636000000000000000, 3, false, 'again'); update tblLastChatId set lastChatID = 51 where nodeID = 15");

        var run = await DeltaAsync(world, op, batch, RunState.CompletedWithFindings);

        var transfers = (await world.TransfersAsync(run)).ToDictionary(x => x.RoomName);
        Assert.Equal(TransferState.Skipped, transfers["General"].State);
        Assert.Equal(new Refusal("room-used-since", RefusalKind.Conflict, new Wording("room-used-since.posted", 1, "General")).Wording, transfers["General"].Error);
        Assert.Equal((TransferState.Done, 1), (transfers["Purged"].State, transfers["Purged"].CopiedMessageCount));
        Assert.Equal(301, await CountAsync(world, "General"));
    }

    [Theory]
    [InlineData("insert into tblChat values (15, 51, 636000000000000000, 4711, false, 'whose')", "4711")]
    [InlineData("alter table tblChat alter content drop not null; insert into tblChat values (15, 51, 636000000000000000, 3, false, null)", "tblChat.content")]
    [InlineData("alter table tblNode alter nodeDesc type text; update tblNode set nodeDesc = repeat('d', 300) where nodeID = 15", "300")]
    [InlineData("alter table tblNode alter nodeDesc drop not null; alter table tblNode alter nodeName drop not null; update tblNode set nodeName = null where nodeID = 15", "tblNode.nodeName")]
    public async Task Delta_RowOfOneRoomBecameOdd_SetsItAsideWithTheReasonAndMovesTheOther(string damage, string reason)
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        using var approver = new ApiTalk(world.Portal.Address, "approver");
        var batch = await world.RanAsync(ChatWorld.General, ChatWorld.Purged);
        await world.Chat.LegacyDatabase.ExecuteAsync($"{MoreMessages};{damage}");

        var preview = await op.GetAsync($"batches/{batch}/delta-preview");
        var aside = Assert.Single(preview.GetProperty("setAside").EnumerateArray());
        Assert.Equal("Purged", aside.GetProperty("room").GetString());
        Assert.Contains(reason, aside.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal((true, 1), (preview.GetProperty("needsReview").GetBoolean(), preview.GetProperty("setAsideCount").GetInt32()));
        var fingerprint = (await op.PostAsync($"batches/{batch}/delta")).GetProperty("fingerprint").GetString();
        await approver.PostAsync($"batches/{batch}/approve", new { fingerprint });
        var run = await DeltaAsync(world, op, batch, RunState.CompletedWithFindings);

        var transfers = (await world.TransfersAsync(run)).ToDictionary(x => x.RoomName);
        Assert.Equal((TransferState.Done, 345), (transfers["General"].State, transfers["General"].CopiedMessageCount));
        Assert.Equal(TransferState.Skipped, transfers["Purged"].State);
        Assert.Contains(reason, transfers["Purged"].Error?.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync(world, "Purged"));
    }

    [Fact]
    public async Task Delta_EveryRoomBecameOdd_IsRefusedByTheFirst()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var batch = await world.RanAsync(ChatWorld.Purged);
        await world.Chat.LegacyDatabase.ExecuteAsync("insert into tblChat values (15, 51, 636000000000000000, 4711, false, 'whose')");

        Assert.Contains("4711", await op.RefusedAsync($"batches/{batch}/delta", new { }, HttpStatusCode.Conflict, "delta-blocked"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delta_OfABatchThatDidNotRun_IsRefused()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var batch = await world.ApprovedBatchAsync(ChatWorld.General);

        var sentence = await op.RefusedAsync($"batches/{batch}/delta", new { }, HttpStatusCode.Conflict, "wrong-state");

        Assert.Contains("First wave", sentence, StringComparison.Ordinal);
    }
}
