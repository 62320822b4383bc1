using System.Globalization;
using System.Text.Json;
using MigrationPortal.Batches;
using MigrationPortal.Engine;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Verification;

public sealed class AcceptFindingsTests
{
    private const string InGeneral = "channelId = (select nodeID from tblNode where nodeName = 'General')";

    [Fact]
    public async Task Accept_WholeBatch_CountsAsGoodUntilAProofFindsMore()
    {
        await using var world = await RunWorld.CreateAsync();
        using var planner = new ApiTalk(world.Portal.Address, "planner");
        using var approver = new ApiTalk(world.Portal.Address, "approver");
        var batch = await world.RanAsync(ChatWorld.General, ChatWorld.Secret);
        await world.Chat.NewDatabase.ExecuteAsync($"delete from tblChat where chatId = 150 and {InGeneral}; update tblNode set nodeDesc = 'Another' where nodeName like '%Secret%'");
        var found = await ProveAsync(world, batch);
        Assert.Equal(("Poor", 2), (Grade(found), found.GetProperty("open").GetInt32()));
        Assert.Equal(["Poor", "Investigate"], found.GetProperty("rooms").EnumerateArray().Select(Grade));
        Assert.Equal("Different", await ComparisonAsync(planner, found, 1));

        // A setting is a planner's to accept; that a message is missing takes two.
        found = await planner.PostAsync($"batches/{batch}/findings/{Finding(found, 1)}/accept", new { reason = "They renamed it on purpose" });
        Assert.Equal(("Poor", 1), (Grade(found), found.GetProperty("open").GetInt32()));
        Assert.Equal("reason-required", await planner.TryPostAsync($"batches/{batch}/findings/accept", new { reason = "" }));
        found = await planner.PostAsync($"batches/{batch}/findings/accept", new { reason = "A test message" });
        Assert.Equal(("Poor", 1), (Grade(found), found.GetProperty("open").GetInt32()));
        Assert.Equal("acceptance-proposed", await planner.TryPostAsync($"batches/{batch}/findings/accept", new { reason = "Again" }));
        var proposed = found.GetProperty("rooms").EnumerateArray().First(x => Grade(x) == "Poor").GetProperty("proposed");
        Assert.Equal(("planner", "A test message"), (proposed.GetProperty("by").GetString(), proposed.GetProperty("reason").GetString()));
        Assert.Equal(1, (await approver.PostAsync("acceptance-proposals/confirm", new { ids = new[] { proposed.GetProperty("id").GetString() } })).GetProperty("decided").GetInt32());
        found = await planner.GetAsync($"batches/{batch}/verification");
        Assert.Equal(("Good", 0), (Grade(found), found.GetProperty("open").GetInt32()));
        var accepted = found.GetProperty("rooms").EnumerateArray().First(x => Grade(x) == "Poor").GetProperty("accepted");
        Assert.Equal(("planner", "A test message", "approver"), (accepted.GetProperty("by").GetString(), accepted.GetProperty("reason").GetString(), accepted.GetProperty("confirmedBy").GetString()));
        Assert.Equal("not-different", await approver.TryPostAsync($"batches/{batch}/findings/accept", new { reason = "Again" }));

        // Proven again and found the same: nobody is asked twice.
        Assert.Equal("Good", Grade(await ProveAsync(world, batch)));
        await world.ScanAsync();
        Assert.Equal("Good", Grade(await planner.GetAsync($"batches/{batch}/verification")));

        await world.Chat.NewDatabase.ExecuteAsync($"delete from tblChat where chatId = 151 and {InGeneral}");
        var stale = Finding(found, 0);
        found = await ProveAsync(world, batch);
        Assert.Equal(("Poor", 1), (Grade(found), found.GetProperty("open").GetInt32()));
        Assert.Equal("Different", await ComparisonAsync(planner, found, 0));
        Assert.Equal("proof-superseded", await approver.TryPostAsync($"batches/{batch}/findings/{stale}/accept", new { reason = "Late" }));
    }

    [Fact]
    public async Task Verify_UntilItsProofIsKept_ChangesNothingInTheList()
    {
        await using var world = await RunWorld.CreateAsync();
        using var planner = new ApiTalk(world.Portal.Address, "planner");
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var batch = await world.RanAsync(ChatWorld.General);
        var found = await op.GetAsync($"batches/{batch}/verification");
        await world.Chat.NewDatabase.ExecuteAsync("update tblNode set nodeDesc = 'Another' where nodeName = 'General'");

        await using (var reader = await world.Portal.Database.OpenAsync())
        {
            await using var hold = new Npgsql.NpgsqlCommand("begin; lock table portal.room_verifications in exclusive mode", reader);
            await hold.ExecuteNonQueryAsync();
            Assert.Null(await op.TryPostAsync($"batches/{batch}/verify"));
            await Eventually.TrueAsync(() => world.Portal.Database.IsWaitingAsync("INSERT INTO portal.room_verifications"));

            Assert.Equal("Same", await ComparisonAsync(planner, found, 0));
            await using var release = new Npgsql.NpgsqlCommand("rollback", reader);
            await release.ExecuteNonQueryAsync();
        }

        await Eventually.TrueAsync(async () => await ComparisonAsync(planner, found, 0) == "Different");
    }

    [Fact]
    public async Task Scan_AfterAProofFoundAnAlteredMessage_DoesNotCallTheRoomTheSame()
    {
        await using var world = await RunWorld.CreateAsync();
        using var planner = new ApiTalk(world.Portal.Address, "planner");
        var batch = await world.RanAsync(ChatWorld.General);
        await world.Chat.NewDatabase.ExecuteAsync($"update tblChat set content = 'altered' where chatId = 150 and {InGeneral}");
        var found = await ProveAsync(world, batch);
        Assert.Equal("Different", await ComparisonAsync(planner, found, 0));

        await world.ScanAsync();
        Assert.Equal("Different", await ComparisonAsync(planner, found, 0));
    }

    [Fact]
    public async Task Accept_MissingMembers_StandsAfterAScanAndEndsWithTheirReturn()
    {
        const string Members = "prinRoleNodeID = (select nodeID from tblNode where nodeName = 'General') and prinRoleTypeID = (select rtypeID from tblRoleType where rtypeDesc = 'Member')";
        await using var world = await RunWorld.CreateAsync();
        using var planner = new ApiTalk(world.Portal.Address, "planner");
        var batch = await world.RanAsync(ChatWorld.General);
        await world.Chat.NewDatabase.ExecuteAsync($"create table kept as select * from tblPrincipalRole where {Members}; delete from tblPrincipalRole where {Members}");
        var found = await ProveAsync(world, batch);
        var room = (await planner.GetAsync("pool-pairs/contoso/rooms?comparison=Different")).GetProperty("items")[0];
        Assert.Equal(["Members"], room.GetProperty("differences").EnumerateArray().Select(x => x.GetString()));
        Assert.Equal(0, room.GetProperty("new").GetProperty("memberCount").GetInt32());
        Assert.Equal("Good", Grade(await planner.PostAsync($"batches/{batch}/findings/{Finding(found, 0)}/accept", new { reason = "They left" })));

        await world.ScanAsync();
        Assert.Equal("Good", Grade(await planner.GetAsync($"batches/{batch}/verification")));

        await world.Chat.NewDatabase.ExecuteAsync("insert into tblPrincipalRole select * from kept");
        await world.ScanAsync();
        Assert.Equal("Same", await ComparisonAsync(planner, found, 0));
    }

    [Fact]
    public async Task CutOver_WhatDiffersWasAccepted_ClosesTheBatch()
    {
        await using var world = await RunWorld.CreateAsync();
        using var planner = new ApiTalk(world.Portal.Address, "planner");
        using var approver = new ApiTalk(world.Portal.Address, "approver");
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var batch = await world.RanAsync(ChatWorld.General);
        await world.Chat.LegacyDatabase.ExecuteAsync("delete from tblChat where channelId = 10 and chatId = 150");
        Assert.Equal("Poor", Grade(await ProveAsync(world, batch)));
        var found = await planner.PostAsync($"batches/{batch}/findings/accept", new { reason = "Purged on purpose" });
        await approver.PostAsync("acceptance-proposals/confirm", new { ids = new[] { found.GetProperty("rooms")[0].GetProperty("proposed").GetProperty("id").GetString() } });

        await op.PostAsync($"batches/{batch}/cut-over");
        await Eventually.IsAsync(() => world.BatchAsync(batch), x => x is BatchState.CutOver or BatchState.CompletedWithFindings or BatchState.Failed);

        Assert.Equal(BatchState.CutOver, await world.BatchAsync(batch));
    }

    private static string? Grade(JsonElement of) => of.GetProperty("grade").GetString();

    private static string Finding(JsonElement found, int room) => found.GetProperty("rooms")[room].GetProperty("findingId").GetString()!;

    private static async Task<string?> ComparisonAsync(ApiTalk talk, JsonElement found, int room) =>
        (await talk.GetAsync($"rooms/{found.GetProperty("rooms")[room].GetProperty("roomId").GetString()}")).GetProperty("comparison").GetString();

    private static async Task<JsonElement> ProveAsync(RunWorld world, long batch)
    {
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var before = Newest(await op.GetAsync($"batches/{batch}/verification"));
        Assert.Null(await op.TryPostAsync($"batches/{batch}/verify"));
        return await Eventually.IsAsync(
            () => op.GetAsync($"batches/{batch}/verification"),
            found => found.GetProperty("request").GetProperty("state").GetString() == "Completed"
                && found.GetProperty("rooms").EnumerateArray().All(x => long.Parse(x.GetProperty("findingId").GetString()!, CultureInfo.InvariantCulture) > before));
    }

    private static long Newest(JsonElement found) =>
        found.GetProperty("rooms").EnumerateArray().Max(x => long.Parse(x.GetProperty("findingId").GetString()!, CultureInfo.InvariantCulture));
}
