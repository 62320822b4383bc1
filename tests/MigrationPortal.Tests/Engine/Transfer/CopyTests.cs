using MigrationPortal.Engine.Transfer;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Tests.Shared.Servers;

namespace MigrationPortal.Tests.Engine.Transfer;

public sealed class CopyTests
{
    [Theory, OnPostgreSql, OnTranslated]
    public async Task Copy_BetweenTwoPages_HoldsNoSnapshotOfTheLegacyPool(ServerKind server)
    {
        await using var world = await ChatWorld.CreateAsync(server);
        var plan = await world.PlanAsync();
        var transfer = new BatchTransfer(world.Legacy, world.New, new MemoryJournal(), TimeProvider.System);
        await using var held = ChatWorld.Done(await transfer.AcquireAsync(CancellationToken.None));
        var ids = ChatWorld.Done(await transfer.PrepareAsync(plan, CancellationToken.None));
        var pauses = 0;
        ChatWorld.Done(await transfer.CopyRoomAsync(plan.Rooms[0], plan, ids, _ => Pause(), new CopyLimits { PageMessages = 100 }, CancellationToken.None));
        Assert.Equal(4, pauses);

        // The copy stands still meanwhile: what it holds, it holds for good; a server may need a moment to end what it was told to.
        void Pause()
        {
            Eventually.IsAsync(world.LegacyDatabase.CountTransactionsAsync, x => x == 0).GetAwaiter().GetResult();
            pauses++;
        }
    }

    [Fact]
    public async Task Run_WholePool_EveryRoomIsProvenAndLegacyUntouched()
    {
        await using var world = await ChatWorld.CreateAsync();
        var before = await ChatWorld.HashAsync(world.LegacyDatabase);
        var plan = await world.PlanAsync();
        var ids = await WholeRun.RunAsync(world, plan, new MemoryJournal(), new CopyLimits { PageMessages = 64 });
        foreach (var room in plan.Rooms)
        {
            var proof = ChatWorld.Done(await RoomVerifier.VerifyAsync(world.Legacy, world.New, room, plan, ids, CancellationToken.None));
            Assert.All(proof.Rules, rule => Assert.True(rule.Holds, $"{room.Name}: {rule} {string.Join(' ', proof.Settings)}"));
            Assert.True(proof.Grade <= Grade.Good, room.Name);
        }
        Assert.Equal(before, await ChatWorld.HashAsync(world.LegacyDatabase));
    }

    [Fact]
    public async Task Run_WholePool_ForeignRowsStayToTheByte()
    {
        await using var world = await ChatWorld.CreateAsync();
        var tables = await ForeignAsync(world);
        await WholeRun.RunAsync(world, await world.PlanAsync(), new MemoryJournal());
        Assert.Equal(tables, await ForeignAsync(world));
    }

    [Theory]
    [InlineData(ChatWorld.General, 300, 300)]
    [InlineData(ChatWorld.Deep, 41, 120)]
    [InlineData(ChatWorld.Hall, 2, 7)]
    [InlineData(ChatWorld.Secret, 10, 75)]
    [InlineData(ChatWorld.Purged, 0, 50)]
    public async Task Copy_Room_CountsAndCounterAreLegacys(string room, int messages, long counter)
    {
        await using var world = await ChatWorld.CreateAsync();
        await WholeRun.RunAsync(world, await world.PlanAsync(), new MemoryJournal());
        var node = await world.NewDatabase.ScalarAsync<int>($"select nodeID from tblNode where nodeGuid = '{room}'");
        Assert.Equal(messages, await world.NewDatabase.ScalarAsync<int>($"select count(*) from tblChat where channelId = {node}"));
        Assert.Equal(1, await world.NewDatabase.ScalarAsync<int>($"select count(*) from tblLastChatId where nodeID = {node}"));
        Assert.Equal(counter, await world.NewDatabase.ScalarAsync<long>($"select lastChatID from tblLastChatId where nodeID = {node}"));
    }

    [Fact]
    public async Task Copy_RoomWithoutMessagesOrCounter_GetsNoCounter()
    {
        await using var world = await ChatWorld.CreateAsync();
        await WholeRun.RunAsync(world, await world.PlanAsync(), new MemoryJournal());
        Assert.Equal(0, await world.NewDatabase.ScalarAsync<int>(
            $"select count(*) from tblLastChatId join tblNode using (nodeID) where nodeGuid = '{ChatWorld.Empty}'"));
    }

    [Fact]
    public async Task Prepare_Ids_LieAboveLeftovers()
    {
        await using var world = await ChatWorld.CreateAsync();
        var ids = await WholeRun.RunAsync(world, await world.PlanAsync(), new MemoryJournal());
        // 57 is the channelId of a deleted room's message, 41 the last principal.
        Assert.Equal(58, ids.Nodes.Values.Min());
        Assert.Equal(42, ids.Principals.Values.Min());
    }

    private static Task<string> ForeignAsync(ChatWorld world) => ChatWorld.HashAsync(world.NewDatabase, """
        coalesce(to_jsonb(t) ->> 'nodeid', to_jsonb(t) ->> 'channelid', to_jsonb(t) ->> 'scopenodeid', to_jsonb(t) ->> 'prinrolenodeid', '0')::int <= 57
        and coalesce(to_jsonb(t) ->> 'prinid', '0')::int <= 41
        and (coalesce(to_jsonb(t) ->> 'principalid', '0')::int <= 41 and coalesce(to_jsonb(t) ->> 'affiliationid', '0')::int <= 41)
        and coalesce(to_jsonb(t) ->> 'siopid', '') <> '20000000-0000-0000-0000-000000000001'
        """);
}
