using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Engine.Transfer;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Samples.ChatSchema;
using MigrationPortal.Tests.Shared.Servers;

namespace MigrationPortal.Tests.Engine.Reading;

/// <summary>OCS 2007 R2 by probe: nothing of its schema is documented, so nothing of it is taken for granted.</summary>
public sealed class OlderGenerationTests
{
    [Fact]
    public async Task Read_ReshapedPool_GivesTheSameRoomsPeopleAndRights()
    {
        await using var world = await ChatWorld.CreateAsync();
        var documented = ChatWorld.Done(await ChatPoolReader.ReadAsync(world.Legacy, null, CancellationToken.None));
        var found = ChatWorld.Done(await ChatPoolReader.ReadAsync(await ReshapeAsync(world), null, CancellationToken.None));
        Assert.Equal(documented.Nodes.Select(x => (x.Guid, x.Name, x.Behavior, x.Visibility, x.Disabled)), found.Nodes.Select(x => (x.Guid, x.Name, x.Behavior, x.Visibility, x.Disabled)));
        Assert.Equal(documented.Roles.Select(x => (x.NodeId, x.PrincipalId, x.Type)), found.Roles.Select(x => (x.NodeId, x.PrincipalId, x.Type)));
        Assert.Equal(documented.Messages.Select(x => (x.NodeId, x.Count, x.LastChatId)), found.Messages.Select(x => (x.NodeId, x.Count, x.LastChatId)));
        Assert.All(found.Nodes, x => Assert.Null(x.ScopeDefinerId));
    }

    [Theory]
    [InlineData(null, ChatProduct.LyncPersistentChat2013)]
    [InlineData(null, ChatProduct.SkypePersistentChat2015)]
    [InlineData(ServerKind.Translated, ChatProduct.SkypePersistentChat2015)]
    public async Task Run_OlderPool_EveryRoomIsProven(ServerKind? server, ChatProduct target)
    {
        await using var world = await ChatWorld.CreateAsync(server);
        var legacy = await ReshapeAsync(world);
        await world.LegacyDatabase.ExecuteAsync("alter table chat alter column isalert type smallint using isalert::int");
        var current = world.New with { Product = target };
        var from = ChatWorld.Done(await ChatPoolReader.ReadAsync(legacy, null, CancellationToken.None));
        var to = ChatWorld.Done(await ChatPoolReader.ReadAsync(current, null, CancellationToken.None));
        var plan = Planner.Plan(new PlanRequest(
            from, to, from.Nodes.Where(x => !x.IsCategory).Select(x => x.Guid).ToHashSet(), new PlanOptions(), new Dictionary<Guid, string>(), new HashSet<Guid>())).Plan;
        var transfer = new BatchTransfer(legacy, current, new MemoryJournal(), TimeProvider.System);
        await using var held = ChatWorld.Done(await transfer.AcquireAsync(CancellationToken.None));
        var ids = ChatWorld.Done(await transfer.PrepareAsync(plan, CancellationToken.None));
        foreach (var room in plan.Rooms)
        {
            ChatWorld.Done(await transfer.CopyRoomAsync(room, plan, ids, _ => { }, new CopyLimits(), CancellationToken.None));
            var proof = ChatWorld.Done(await RoomVerifier.VerifyAsync(legacy, current, room, plan, ids, CancellationToken.None));
            Assert.True(proof.Grade <= Grade.Good, $"{room.Name}: {string.Join(' ', proof.Settings)}");
        }
    }

    [Fact]
    public async Task Probe_ReshapedPool_SaysWhatIsAbsentAndWhatThatMeans()
    {
        await using var world = await ChatWorld.CreateAsync();
        var report = ChatWorld.Done(await SchemaProbe.ProbeAsync(await ReshapeAsync(world), CancellationToken.None));
        Assert.Contains(report.Notes, x => x is { Code: "UndocumentedProduct", Severity: Severity.Info });
        Assert.Contains(report.Notes, x => x.Code == "PlainTableNames");
        Assert.Contains(report.Notes, x => x is { Code: "Absent", Subject: "tblNode.scopeDefinerId" });
        Assert.DoesNotContain(report.Notes, x => x.Severity == Severity.Blocker);
        Assert.Contains(report.Tables, x => x is { Name: "tblNode", State: ProbeState.Present });
    }

    [Fact]
    public async Task Read_ValueThatCannotBeInterpreted_BlocksItsRoomsAndNoOthers()
    {
        await using var world = await ChatWorld.CreateAsync();
        var legacy = await ReshapeAsync(world);
        await world.LegacyDatabase.ExecuteAsync(
            "insert into enumvalue values (19, 1, 'hidden'), (20, 2, 'stage'); update node set visibility = 19 where nodeid = 13; update node set behavior = 20 where nodeid = 14");
        var report = ChatWorld.Done(await SchemaProbe.ProbeAsync(legacy, CancellationToken.None));
        Assert.Contains(report.Notes, x => x is { Code: "UnknownValueUsed", Subject: "Visibility 19" } && x.Message.Contains("blocked", StringComparison.Ordinal));
        var pool = ChatWorld.Done(await ChatPoolReader.ReadAsync(legacy, null, CancellationToken.None));
        var target = ChatWorld.Done(await ChatPoolReader.ReadAsync(world.New, null, CancellationToken.None));
        var rooms = pool.Nodes.Where(x => !x.IsCategory).ToDictionary(x => x.Guid, x => x.NodeId);
        var findings = Planner.Plan(new PlanRequest(pool, target, rooms.Keys.ToHashSet(), new PlanOptions(), new Dictionary<Guid, string>(), new HashSet<Guid>())).Findings;
        Assert.Equal(
            [(13, "VisibilityUnknown"), (14, "BehaviorUnknown")],
            findings.Where(x => x.Severity == Severity.Blocker && x.RuleId.EndsWith("Unknown", StringComparison.Ordinal)).Select(x => (rooms[x.Room!.Value], x.RuleId)).Order());
    }

    [Theory]
    [InlineData("drop table enumvalue; drop table enumattribute cascade; update node set behavior = 4, visibility = 3", 9)]
    [InlineData("alter table node drop column visibility, drop column nodedesc, drop column logged; drop table siopwhitelist cascade", 9)]
    [InlineData("alter table principal drop column prindisabled, drop column prinname", 9)]
    public async Task Read_WithoutWhatItCanDoWithout_StillReads(string change, int nodes)
    {
        await using var world = await ChatWorld.CreateAsync();
        var legacy = await ReshapeAsync(world);
        await world.LegacyDatabase.ExecuteAsync("alter table node drop constraint tblnode_behavior_fkey, drop constraint tblnode_visibility_fkey");
        await world.LegacyDatabase.ExecuteAsync(change);
        Assert.Equal(nodes, ChatWorld.Done(await ChatPoolReader.ReadAsync(legacy, null, CancellationToken.None)).Nodes.Count);
    }

    [Theory]
    [InlineData("drop table roletype cascade", "table-missing", "tblRoleType")]
    [InlineData("update roletype set rtypedesc = 'Warden' where rtypedesc = 'Member'", "value-unknown", "\"Warden\" (21)")]
    [InlineData("alter table chat drop column userid", "column-missing", "tblChat.userId")]
    public async Task Read_WithoutWhatRightsAndMessagesHangOn_NamesTheThing(string change, string code, string thing)
    {
        await using var world = await ChatWorld.CreateAsync();
        var legacy = await ReshapeAsync(world);
        await world.LegacyDatabase.ExecuteAsync(change);
        var refusal = (await ChatPoolReader.ReadAsync(legacy, null, CancellationToken.None)).Refusal;
        Assert.Equal(code, refusal?.Code);
        Assert.Contains(thing, refusal!.Message, StringComparison.Ordinal);
    }

    private static async Task<ChatDatabase> ReshapeAsync(ChatWorld world)
    {
        await world.LegacyDatabase.WriteAsync(connection => ChatSchemas.ReshapeAsync(connection));
        return world.LegacyDatabase.AsChat(ChatProduct.OcsGroupChat2007R2);
    }
}
