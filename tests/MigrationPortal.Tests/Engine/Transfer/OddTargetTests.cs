using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Engine.Transfer;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Tests.Engine.Delta;
using MigrationPortal.Tests.Engine.Properties;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Tests.Shared.Servers;

namespace MigrationPortal.Tests.Engine.Transfer;

/// <summary>A new pool without constraints, in which rows lost their numbers: a run, a delta and a verification go on, and name the room whose row it is.</summary>
public sealed class OddTargetTests
{
    [Theory]
    [InlineData("insert into tblNode select null, gen_random_uuid(), null, true, 'Nowhere', '', null, null, null, false, 4, 3, null, 1, 1, 1, 1, null")]
    [InlineData("insert into tblSiopWhiteList values (null, 'Nameless', 'https://nowhere/')")]
    [InlineData("update tblSiopWhiteList set siopID = null; update tblLastChatId set lastChatID = null where nodeID = 21; update tblChat set chatId = null where channelId = 21")]
    public async Task Run_NewPoolHasRowsWithoutNumbers_MovesEverything(string rows)
    {
        await using var world = await ChatWorld.CreateAsync(ServerKind.PostgreSql);
        var plan = await world.PlanAsync();
        await RandomDamage.LoosenAsync(world.NewDatabase, widens: false);
        await world.NewDatabase.ExecuteAsync(rows);

        var ids = await WholeRun.RunAsync(world, plan, new MemoryJournal());

        foreach (var room in plan.Rooms)
            Assert.Equal(Grade.Perfect, (await VerifyAsync(world, plan, ids, room)).Value!.Grade);
    }

    [Theory]
    [InlineData("update tblNode set nodeID = null where nodeName = 'Hall'", "Id")]
    [InlineData("insert into tblNode select * from tblNode where nodeName = 'Hall'", "Id")]
    [InlineData("update tblNode set behavior = 99999999999 where nodeName = 'Hall'", "Type")]
    [InlineData("update tblNode set nodeAddedOn = null where nodeName = 'Hall'", "AddedOn")]
    [InlineData("update tblLastChatId set lastChatID = null where nodeID = (select nodeID from tblNode where nodeName = 'Hall')", "LastChatId")]
    [InlineData("update tblPrincipalRole set prinRoleTypeID = null where prinRoleNodeID = (select nodeID from tblNode where nodeName = 'Hall') and prinRoleTypeID = 3", "Manager")]
    public async Task Verify_RowOfTheNewPoolBecameOdd_NamesWhatIsDifferent(string damage, string property)
    {
        await using var world = await ChatWorld.CreateAsync(ServerKind.PostgreSql);
        var plan = await world.PlanAsync();
        var ids = await WholeRun.RunAsync(world, plan, new MemoryJournal());
        await RandomDamage.LoosenAsync(world.NewDatabase);
        await world.NewDatabase.ExecuteAsync(damage);

        var proof = ChatWorld.Done(await VerifyAsync(world, plan, ids, plan.Rooms.Single(x => x.Guid == Guid.Parse(ChatWorld.Hall))));

        Assert.Equal(Grade.Investigate, proof.Grade);
        Assert.Contains(proof.Settings, x => x.Property == property);
    }

    [Theory]
    [InlineData("update tblLastChatId set lastChatID = null where nodeID = (select nodeID from tblNode where nodeName = 'Hall')", "counter-unreadable")]
    [InlineData("update tblChat set content = null where chatId = 7 and channelId = (select nodeID from tblNode where nodeName = 'Hall')", "message-damaged")]
    [InlineData("update tblChat set userId = 99999999999 where chatId = 7 and channelId = (select nodeID from tblNode where nodeName = 'Hall')", "message-damaged")]
    [InlineData("insert into tblNode select * from tblNode where nodeName = 'Hall'", null)]
    public async Task Delta_RowOfTheNewPoolBecameOdd_StopsThatRoomAlone(string damage, string? code)
    {
        await using var world = await ChatWorld.CreateAsync(ServerKind.PostgreSql);
        var journal = new MemoryJournal();
        await WholeRun.RunAsync(world, await world.PlanAsync(), journal, DeltaRun.Small);
        var plan = (await DeltaRun.PlanAsync(world, journal)).Plan;
        await RandomDamage.LoosenAsync(world.NewDatabase);
        await world.NewDatabase.ExecuteAsync(damage);

        var (_, rooms) = await DeltaRun.RunAsync(world.Legacy, world.New, plan, journal);

        Assert.Equal(code, rooms[Guid.Parse(ChatWorld.Hall)].Refusal?.Code);
        Assert.All(rooms.Where(x => x.Key != Guid.Parse(ChatWorld.Hall)), x => ChatWorld.Done(x.Value));
    }

    private static Task<MigrationPortal.Engine.Outcome<RoomResult>> VerifyAsync(ChatWorld world, MigrationPlan plan, IdAllocation ids, PlannedRoom room) =>
        RoomVerifier.VerifyAsync(world.Legacy, world.New, room, plan, ids, CancellationToken.None);
}
