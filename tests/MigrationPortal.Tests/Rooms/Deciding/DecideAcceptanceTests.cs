using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Inbox;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.Rooms.Deciding;
using MigrationPortal.SignIn.People;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Ui.Values;
using MigrationPortal.Verification;

namespace MigrationPortal.Tests.Rooms.Deciding;

/// <summary>What becomes of a proposal to accept that messages differ.</summary>
public sealed class DecideAcceptanceTests
{
    private const string InGeneral = "channelId = (select nodeID from tblNode where nodeName = 'General')";
    private static readonly Caller _petra = new("petra", "Petra", new HashSet<Role> { Role.Planner });
    private static readonly Caller _paul = new("paul", "Paul", new HashSet<Role> { Role.Planner });
    private static readonly Caller _anna = new("anna", "Anna", new HashSet<Role> { Role.Approver });

    [Fact]
    public async Task Confirm_WhereMoreWasLostSince_IsRefused_AndANewProposalTakesItsPlace()
    {
        await using var world = await RunWorld.CreateAsync();
        var room = await LoseAsync(world, 150);
        var first = await ProposeAsync(world, room, "One test message");
        await world.Chat.NewDatabase.ExecuteAsync($"delete from tblChat where chatId = 151 and {InGeneral}");
        await world.ScanAsync();
        Assert.Null(await ProposalOfAsync(world, room));
        Assert.Equal("acceptance-proposal-closed", await DecideAsync(world, first, _anna, isConfirmed: true));

        var second = await ProposeAsync(world, room, "Two test messages");
        Assert.Equal("acceptance-proposal-closed", await DecideAsync(world, first, _anna, isConfirmed: true));
        var both = await world.Portal.Get<DecideAcceptanceHandler>().HandleAsync(new([first, second], IsConfirmed: true), _anna, CancellationToken.None);
        Assert.Equal("acceptance-proposal-closed", both.Refusal?.Code);
        Assert.Null(await DecideAsync(world, second, _anna, isConfirmed: true));
    }

    [Fact]
    public async Task Confirm_WhileAVerificationThatFoundMoreIsBeingWritten_IsRefused()
    {
        await using var world = await RunWorld.CreateAsync();
        var (batch, room) = await VerifiedWithALossAsync(world);
        var proposal = await ProposeAsync(world, room, "One test message");
        await world.Chat.NewDatabase.ExecuteAsync($"delete from tblChat where chatId = 151 and {InGeneral}");
        using var op = new ApiTalk(world.Portal.Address, "operator");
        Task<string?> confirming;
        await using (await HeldTable.HoldAsync(world.Portal.Database, "portal.room_pair_properties"))
        {
            Assert.Null(await op.TryPostAsync($"batches/{batch}/verify"));
            await Eventually.TrueAsync(() => world.Portal.Database.IsWaitingAsync("FROM portal.room_pair_properties AS"));
            confirming = DecideAsync(world, proposal, _anna, isConfirmed: true);
            await Eventually.TrueAsync(async () => confirming.IsCompleted || await world.Portal.Database.IsWaitingAsync("SELECT FROM portal.rooms WHERE id = ANY"));
        }

        Assert.Equal("acceptance-proposal-closed", await confirming);
        Assert.Equal("Different", await world.Portal.Database.ScalarAsync<string>($"select p.comparison from portal.room_pairs p join portal.pool_pairs x on x.current_scan_id = p.scan_id where p.room_id = {room}"));
    }

    [Fact]
    public async Task Reject_ByAnApprover_NeedsAReason_AndLeavesTheDifferenceOpen()
    {
        await using var world = await RunWorld.CreateAsync();
        var room = await LoseAsync(world, 150);
        var proposal = await ProposeAsync(world, room, "One test message");

        Assert.Equal("not-allowed", await DecideAsync(world, proposal, _paul, isConfirmed: false, "Not mine"));
        // To plan here and approve elsewhere is not to approve here.
        var elsewhere = Caller.Of("olaf", "Olaf", [new Grant(Role.Planner, "contoso"), new Grant(Role.Approver, "fabrikam")]);
        Assert.Equal("out-of-scope", await DecideAsync(world, proposal, elsewhere, isConfirmed: false, "Not mine"));
        Assert.Equal("reason-required", await DecideAsync(world, proposal, _anna, isConfirmed: false));
        Assert.Null(await DecideAsync(world, proposal, _anna, isConfirmed: false, "Copy it by a delta"));

        using var planner = new ApiTalk(world.Portal.Address, "planner");
        Assert.Equal("Different", (await planner.GetAsync($"rooms/{room}")).GetProperty("comparison").GetString());
        Assert.Null(await ProposalOfAsync(world, room));
        using var auditor = new ApiTalk(world.Portal.Address, "auditor");
        var rejected = Assert.Single((await auditor.GetAsync("audit?take=200")).GetProperty("items").EnumerateArray(), x => x.GetProperty("action").GetString() == "AcceptanceRejected");
        Assert.Equal(("anna", "Copy it by a delta", "petra"), (rejected.GetProperty("by").GetString(), Detail(rejected, "reason"), Detail(rejected, "proposedBy")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FindRefusal_ForAnApproverOfAnotherCategory_IsWhatTheDecisionSays(bool isConfirmed)
    {
        await using var world = await RunWorld.CreateAsync();
        var room = await LoseAsync(world, 150);
        var proposal = await ProposeAsync(world, room, "One test message");
        var elsewhere = Caller.Of("olaf", "Olaf", [new Grant(Role.Approver, "contoso", "Elsewhere")]);
        var refusals = world.Portal.Get<AcceptanceRefusals>();

        var said = await refusals.FindAsync("contoso", [proposal], isConfirmed, elsewhere, CancellationToken.None);

        var refused = (await world.Portal.Get<DecideAcceptanceHandler>().HandleAsync(new([proposal], isConfirmed, "Not mine"), elsewhere, CancellationToken.None)).Refusal;
        Assert.Equal(("out-of-scope", refused?.Message), (said?.Code, said?.Message));
        Assert.Null(await refusals.FindAsync("contoso", [proposal], isConfirmed, _anna, CancellationToken.None));
    }

    [Fact]
    public async Task Withdraw_ByWhoeverProposedIt_NeedsNoReason()
    {
        await using var world = await RunWorld.CreateAsync();
        var room = await LoseAsync(world, 150);
        var proposal = await ProposeAsync(world, room, "One test message");
        Assert.Equal("reason-too-long", await DecideAsync(world, proposal, _petra, isConfirmed: false, new string('x', 2001)));
        Assert.Null(await DecideAsync(world, proposal, _petra, isConfirmed: false));
        Assert.Null(await ProposalOfAsync(world, room));
        Assert.Equal("acceptance-proposal-not-found", await DecideAsync(world, 999_999, _anna, isConfirmed: true));
    }

    [Fact]
    public async Task Inbox_WithAProposal_ShowsItsReasonToThoseWhoMayConfirm()
    {
        await using var world = await RunWorld.CreateAsync();
        var (batch, _) = await VerifiedWithALossAsync(world);
        using var planner = new ApiTalk(world.Portal.Address, "planner");
        await planner.PostAsync($"batches/{batch}/findings/accept", new { reason = "One test message" });

        var inbox = world.Portal.Get<InboxQueries>();
        var line = Assert.Single(await inbox.ListAsync(null, _anna, CancellationToken.None), x => x.Key == $"acceptance:{batch}");
        Assert.Contains("One test message", line.Reason, StringComparison.Ordinal);
        Assert.True(line.IsCounted);
        Assert.Equal(batch, line.BatchId);
        Assert.Contains((await inbox.FindAsync(line.Key, _anna, CancellationToken.None))!.Sections[0].Notes, x => x.Text.Contains("One test message", StringComparison.Ordinal));
        var author = new Caller("planner", "Planner", new HashSet<Role> { Role.Planner, Role.Approver });
        Assert.NotNull(Assert.Single(await inbox.ListAsync(null, author, CancellationToken.None), x => x.Key == line.Key).DisabledReason);
        Assert.DoesNotContain(await inbox.ListAsync(null, _petra, CancellationToken.None), x => x.Key == line.Key);

        // Who could be the second person is told; the timeline names both.
        Assert.Equal(["anna"], await ToldAsync(world, AcceptanceAudience.Proposed));
        using var approver = new ApiTalk(world.Portal.Address, "approver");
        var id = (await approver.GetAsync($"batches/{batch}/verification")).GetProperty("rooms")[0].GetProperty("proposed").GetProperty("id").GetString();
        await approver.PostAsync($"acceptance-proposals/{id}/confirm");
        var timeline = (await approver.GetAsync($"batches/{batch}/timeline")).GetProperty("items").EnumerateArray().Select(x => (x.GetProperty("kind").GetString(), x.GetProperty("by").GetString())).ToList();
        Assert.Contains(("AcceptanceProposed", "planner"), timeline);
        Assert.Contains(("AcceptanceConfirmed", "approver"), timeline);
        Assert.DoesNotContain(await inbox.ListAsync(null, _anna, CancellationToken.None), x => x.Key == line.Key);
        Assert.Equal(["planner"], await ToldAsync(world, AcceptanceAudience.Decided));
    }

    [Fact]
    public async Task Inbox_WithAProposalForEachRoomOfAPool_CountsThemAll()
    {
        const int More = 2_500;
        await using var world = await RunWorld.CreateAsync();
        var (batch, room) = await VerifiedWithALossAsync(world);
        var proposal = await ProposeAsync(world, room, "One test message");
        // The same room again and again, under other numbers.
        await world.Portal.Database.ExecuteAsync($"""
            insert into portal.rooms select (jsonb_populate_record(r, jsonb_build_object('id', 100000 + i, 'guid', gen_random_uuid()))).* from portal.rooms r, generate_series(1, {More}) i where r.id = {room};
            insert into portal.room_pairs select (jsonb_populate_record(r, jsonb_build_object('room_id', 100000 + i))).* from portal.room_pairs r, generate_series(1, {More}) i where r.room_id = {room};
            insert into portal.batch_rooms select (jsonb_populate_record(r, jsonb_build_object('room_id', 100000 + i))).* from portal.batch_rooms r, generate_series(1, {More}) i where r.room_id = {room};
            insert into portal.room_verifications select (jsonb_populate_record(r, jsonb_build_object('room_id', 100000 + i, 'id', 100000 + i))).* from portal.room_verifications r, generate_series(1, {More}) i
                where r.id = (select max(id) from portal.room_verifications where room_id = {room});
            insert into portal.acceptance_proposals select (jsonb_populate_record(r, jsonb_build_object('room_id', 100000 + i, 'id', 100000 + i))).* from portal.acceptance_proposals r, generate_series(1, {More}) i where r.id = {proposal}
            """);

        var line = Assert.Single(await world.Portal.Get<InboxQueries>().ListAsync(null, _anna, CancellationToken.None), x => x.Key == $"acceptance:{batch}");

        Assert.EndsWith($"proposes to accept {Numbers.Group(More + 1)} rooms: “One test message”", line.Reason, StringComparison.Ordinal);
    }

    // Approvers all, the author and the operator of the batch among them.
    private static async Task<List<string>> ToldAsync(RunWorld world, string kind)
    {
        await using var db = world.Portal.Database.OpenPortal();
        var happened = await db.Set<NoticeEvent>().SingleAsync(x => x.Kind == kind);
        PersonRights[] people = [.. new[] { "anna", "planner", "operator" }.Select(x => new PersonRights(null, x, x, [new Grant(Role.Approver)], [])), new PersonRights(null, "vera", "vera", [new Grant(Role.Viewer)], [])];
        return [.. (await new AcceptanceAudience().FindAsync(db, happened, people, CancellationToken.None)).Select(x => x.Name)];
    }

    private static async Task<(long Batch, long Room)> VerifiedWithALossAsync(RunWorld world)
    {
        var batch = await world.RanAsync(ChatWorld.General);
        await world.Chat.NewDatabase.ExecuteAsync($"delete from tblChat where chatId = 150 and {InGeneral}");
        using var op = new ApiTalk(world.Portal.Address, "operator");
        Assert.Null(await op.TryPostAsync($"batches/{batch}/verify"));
        await Eventually.TrueAsync(async () => await op.GetAsync($"batches/{batch}/verification") is var found && found.GetProperty("open").GetInt32() == 1 && found.GetProperty("request").GetProperty("state").GetString() == "Completed");
        return (batch, Number((await op.GetAsync($"batches/{batch}/verification")).GetProperty("rooms")[0].GetProperty("roomId")));
    }

    private static async Task<long> LoseAsync(RunWorld world, int chatId)
    {
        Assert.Null((await world.EndAsync((await world.StartAsync(await world.ApprovedBatchAsync(ChatWorld.General))).RunId)).Error);
        await world.Chat.NewDatabase.ExecuteAsync($"delete from tblChat where chatId = {chatId} and {InGeneral}");
        await world.ScanAsync();
        using var planner = new ApiTalk(world.Portal.Address, "planner");
        return Number((await planner.GetAsync("pool-pairs/contoso/rooms?comparison=Different&search=General")).GetProperty("items")[0].GetProperty("id"));
    }

    private static async Task<long> ProposeAsync(RunWorld world, long room, string reason)
    {
        Assert.Null((await world.Portal.Get<AcceptDifferencesHandler>().HandleAsync(new([room], reason), _petra, CancellationToken.None)).Refusal);
        return (await ProposalOfAsync(world, room))!.Value;
    }

    private static async Task<long?> ProposalOfAsync(RunWorld world, long room)
    {
        using var planner = new ApiTalk(world.Portal.Address, "planner");
        var proposed = (await planner.GetAsync($"rooms/{room}")).GetProperty("room").GetProperty("proposed");
        return proposed.ValueKind == JsonValueKind.Null ? null : Number(proposed.GetProperty("id"));
    }

    private static async Task<string?> DecideAsync(RunWorld world, long proposal, Caller caller, bool isConfirmed, string? reason = null) =>
        (await world.Portal.Get<DecideAcceptanceHandler>().HandleAsync(new([proposal], isConfirmed, reason), caller, CancellationToken.None)).Refusal?.Code;

    private static long Number(JsonElement id) => long.Parse(id.GetString()!, CultureInfo.InvariantCulture);

    private static string? Detail(JsonElement entry, string name) => entry.GetProperty("details").GetProperty(name).GetString();
}
