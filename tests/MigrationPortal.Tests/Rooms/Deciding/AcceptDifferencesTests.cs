using MigrationPortal.Rooms.Deciding;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Rooms.Deciding;

public sealed class AcceptDifferencesTests
{
    private static Caller Anna { get; } = new("anna", "Anna", new HashSet<Role> { Role.Approver });

    [Fact]
    public async Task Accept_LostMessages_NeedsASecondApproverWhoNeitherMadeNorRanTheBatch()
    {
        await using var world = await RunWorld.CreateAsync();
        var run = await world.EndAsync((await world.StartAsync(await world.ApprovedBatchAsync(ChatWorld.General))).RunId);
        Assert.Null(run.Error);
        await world.Chat.NewDatabase.ExecuteAsync("delete from tblChat where chatId = 150 and channelId = (select nodeID from tblNode where nodeName = 'General')");
        await world.ScanAsync();
        using var planner = new ApiTalk(world.Portal.Address, "planner");
        var room = (await planner.GetAsync("pool-pairs/contoso/rooms?comparison=Different&search=General")).GetProperty("items")[0];
        var id = long.Parse(room.GetProperty("id").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
        var (accept, decide) = (world.Portal.Get<AcceptDifferencesHandler>(), world.Portal.Get<DecideAcceptanceHandler>());
        var petra = new Caller("petra", "Petra", new HashSet<Role> { Role.Planner, Role.Approver });

        var proposed = (await accept.HandleAsync(new AcceptDifferences([id], "One message of a test"), petra, CancellationToken.None)).Value;
        Assert.Equal((0, 1), (proposed!.Accepted, proposed.Proposed));
        var view = await planner.GetAsync($"rooms/{id}");
        Assert.Equal("Different", view.GetProperty("comparison").GetString());
        var proposal = long.Parse(view.GetProperty("room").GetProperty("proposed").GetProperty("id").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal("acceptance-proposed", (await accept.HandleAsync(new AcceptDifferences([id], "Again"), petra, CancellationToken.None)).Refusal?.Code);

        Assert.Equal("not-allowed", await CodeAsync(new Caller("paul", "Paul", new HashSet<Role> { Role.Planner })));
        Assert.Equal("four-eyes", await CodeAsync(petra));
        Assert.Equal("four-eyes", await CodeAsync(new Caller("planner", "Planner", new HashSet<Role> { Role.Planner, Role.Approver })));
        Assert.Equal("four-eyes", await CodeAsync(new Caller("operator", "Olga Operator", new HashSet<Role> { Role.Operator, Role.Approver })));
        Assert.Null(await CodeAsync(Anna));
        Assert.Equal("acceptance-proposal-closed", await CodeAsync(Anna));
        Assert.Equal("Accepted", (await planner.GetAsync($"rooms/{id}")).GetProperty("comparison").GetString());

        await world.ScanAsync();
        Assert.Equal("Accepted", (await planner.GetAsync($"rooms/{id}")).GetProperty("comparison").GetString());

        async Task<string?> CodeAsync(Caller caller) => (await decide.HandleAsync(new DecideAcceptance([proposal], IsConfirmed: true), caller, CancellationToken.None)).Refusal?.Code;
    }

    [Fact]
    public async Task Accept_WhileAVerificationThatFoundMoreIsBeingWritten_IsRefused()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.RanAsync(ChatWorld.General);
        using var op = new ApiTalk(world.Portal.Address, "operator");
        await world.Chat.NewDatabase.ExecuteAsync("delete from tblChat where chatId = 150 and channelId = (select nodeID from tblNode where nodeName = 'General')");
        await world.ScanAsync();
        var room = (await op.GetAsync("pool-pairs/contoso/rooms?comparison=Different&search=General")).GetProperty("items")[0];
        var id = long.Parse(room.GetProperty("id").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
        var seen = new Dictionary<long, string?> { [id] = room.GetProperty("differenceKey").GetString() };
        Assert.NotNull(seen[id]);
        await world.Chat.NewDatabase.ExecuteAsync("delete from tblChat where chatId = 151 and channelId = (select nodeID from tblNode where nodeName = 'General')");
        Task<string?> accepting;
        await using (await HeldTable.HoldAsync(world.Portal.Database, "portal.room_pair_properties"))
        {
            Assert.Null(await op.TryPostAsync($"batches/{batch}/verify"));
            await Eventually.TrueAsync(() => world.Portal.Database.IsWaitingAsync("FROM portal.room_pair_properties AS"));
            accepting = AcceptAsync();
            await Eventually.TrueAsync(async () => accepting.IsCompleted || await world.Portal.Database.IsWaitingAsync("SELECT FROM portal.rooms WHERE id = ANY"));
        }

        Assert.Equal("differences-changed", await accepting);
        Assert.Equal("Different", (await op.GetAsync($"rooms/{id}")).GetProperty("comparison").GetString());
        Assert.Equal(0, await world.Portal.Database.ScalarAsync<int>("select count(*) from portal.acceptance_proposals"));

        async Task<string?> AcceptAsync() =>
            (await world.Portal.Get<AcceptDifferencesHandler>().HandleAsync(new AcceptDifferences([id], "One test message") { Seen = seen }, Anna, CancellationToken.None)).Refusal?.Code;
    }

    [Fact]
    public async Task Accept_NoReasonOrNoDifference_IsRefused()
    {
        await using var world = await RunWorld.CreateAsync();
        using var planner = new ApiTalk(world.Portal.Address, "planner");
        var room = (await planner.GetAsync("pool-pairs/contoso/rooms?search=General")).GetProperty("items")[0].GetProperty("id").GetString()!;
        var id = long.Parse(room, System.Globalization.CultureInfo.InvariantCulture);
        var accept = world.Portal.Get<AcceptDifferencesHandler>();
        var caller = new Caller("anna", "Anna", new HashSet<Role> { Role.Approver });

        Assert.Equal("reason-required", (await accept.HandleAsync(new AcceptDifferences([id], " "), caller, CancellationToken.None)).Refusal?.Code);
        Assert.Equal("not-different", (await accept.HandleAsync(new AcceptDifferences([id], "Why not"), caller, CancellationToken.None)).Refusal?.Code);
    }
}
