using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Tests.Engine.Properties;
using MigrationPortal.Tests.Shared.Servers;

namespace MigrationPortal.Tests.Engine.Reading;

/// <summary>One bad row in a database whose schema nobody documents: it is named, what needs it is blocked, and the rest is migrated.</summary>
public sealed class DamagedRowTests
{
    [Theory]
    [InlineData("update tblPrincipal set prinUri = null where prinID = 6", "tblPrincipal.prinUri", "prinID 6", new[] { 10, 13 })]
    [InlineData("update tblPrincipal set prinTypeID = null where prinID = 6", "tblPrincipal.prinTypeID", "prinID 6", new[] { 10, 13 })]
    [InlineData("update tblPrincipal set prinTypeID = 77 where prinID = 6", "tblPrincipal.prinTypeID", "#77", new[] { 10, 13 })]
    [InlineData("update tblNode set nodeGuid = null where nodeID = 12", "tblNode.nodeGuid", "nodeID 12", new[] { 12 })]
    [InlineData("update tblNode set nodeGuid = (select nodeGuid from tblNode where nodeID = 12) where nodeID = 13", "tblNode.nodeGuid", "nodeID 12", new[] { 12, 13 })]
    [InlineData("update tblNode set nodeType = null where nodeID = 12", "tblNode.nodeType", "nodeID 12", new[] { 12 })]
    [InlineData("update tblNode set nodeName = null where nodeID = 3", "tblNode.nodeName", "nodeID 3", new[] { 11 })]
    [InlineData("insert into tblNode select * from tblNode where nodeID = 12", "tblNode.nodeID", "nodeID 12", new[] { 12 })]
    [InlineData("update tblNode set scopeDefinerId = null where nodeID = 12", "tblNode.scopeDefinerId", "nodeID 12", new[] { 12 })]
    [InlineData("update tblPrincipalRole set prinRoleTypeID = 9 where prinRoleNodeID = 13", "tblPrincipalRole.prinRoleTypeID", "prinRoleNodeID 13", new[] { 13 })]
    [InlineData("update tblChat set userId = null where channelId = 12 and chatId = 7", "tblChat.userId", "channelId 12", new[] { 12 })]
    [InlineData("update tblChat set userId = 99999999999 where channelId = 12 and chatId = 7", "tblChat.userId", "channelId 12", new[] { 12 })]
    [InlineData("update tblChat set content = null where channelId = 12 and chatId = 7", "tblChat.content", "channelId 12", new[] { 12 })]
    [InlineData("update tblChat set chatDate = null where channelId = 12 and chatId = 7", "tblChat.chatDate", "channelId 12", new[] { 12 })]
    [InlineData("insert into tblChat select * from tblChat where channelId = 12 and chatId = 7", "tblChat.chatId", "channelId 12", new[] { 12 })]
    public async Task Plan_OneBadRow_BlocksWhatNeedsItByName(string damage, string column, string key, int[] blocked)
    {
        await using var world = await LooseWorldAsync();
        await world.LegacyDatabase.ExecuteAsync(damage);
        var (legacy, result) = await PlanAsync(world);
        var rooms = legacy.Nodes.ToDictionary(x => x.Guid, x => x.NodeId);

        var found = result.Findings.Where(x => x.RuleId == "DamagedRow" && x.Severity == Severity.Blocker).ToList();

        Assert.Equal(blocked, found.Select(x => rooms[x.Room!.Value]).Distinct().Order());
        Assert.Contains(found, x => x.Message.Contains(column, StringComparison.Ordinal) && x.Message.Contains(key, StringComparison.Ordinal));
        await RunTheRestAsync(world, legacy, result);
    }

    [Theory]
    [InlineData("update tblNode set disabled = null where nodeID = 12", "): the value is missing (NULL); “not disabled” is assumed.")]
    [InlineData("update tblPrincipalRole set prinRolePrinID = 4711 where prinRoleNodeID = 13", "tblPrincipalRole: node 13, principal 4711")]
    [InlineData("update tblScopePrincipal set scopePrinID = 4711", "tblScopePrincipal: node 1, principal 4711")]
    [InlineData("insert into tblPrincipalRole select 4711, 3, rtypeID, 1, null, null from tblRoleType where rtypeDesc = 'Member'", "tblPrincipalRole: node 4711, principal 3")]
    [InlineData("insert into tblNode select null, gen_random_uuid() from tblNode where nodeID = 1", "tblNode.nodeID (")]
    [InlineData("update tblPrincipalRole set prinRolePrinID = null where prinRoleNodeID = 13", "tblPrincipalRole.prinRolePrinID (")]
    public async Task Plan_RowThatGaveNobodyAnything_IsAWarningWithItsPlace(string damage, string words)
    {
        await using var world = await LooseWorldAsync();
        await world.LegacyDatabase.ExecuteAsync(damage);
        var (legacy, result) = await PlanAsync(world);

        Assert.Contains(result.Findings, x => x.Severity == Severity.Warning && x.Message.Contains(words, StringComparison.Ordinal));
        Assert.DoesNotContain(result.Findings, x => x.Severity == Severity.Blocker);
        await RunTheRestAsync(world, legacy, result);
    }

    [Fact]
    public async Task Plan_BadCategoryOfTheNewPool_BlocksOnlyWhatWouldMoveIntoIt()
    {
        await using var world = await LooseWorldAsync();
        await RandomDamage.LoosenAsync(world.NewDatabase);
        await world.NewDatabase.ExecuteAsync("""
            insert into tblNode select 30, '30000000-0000-0000-0000-000000000002', parentID, nodeType, 'Trading', nodeDesc, invite, logged, filePost, disabled, behavior, visibility, siopID, 1, 1, 1, 1, null from tblNode where nodeID = 20;
            insert into tblPrincipalRole values (30, 40, 999, 1)
            """);
        var (legacy, result) = await PlanAsync(world);
        var rooms = legacy.Nodes.ToDictionary(x => x.Guid, x => x.NodeId);

        var found = result.Findings.Where(x => x is { RuleId: "DamagedRow", Severity: Severity.Blocker }).ToList();

        Assert.Equal([10, 12, 13, 14, 15], found.Select(x => rooms[x.Room!.Value]).Order());
        Assert.All(found, x => Assert.Contains("tblPrincipalRole.prinRoleTypeID", x.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Plan_NewPoolWithoutFreeNumbers_IsOneSentenceForThePool()
    {
        await using var world = await ChatWorld.CreateAsync();
        await world.NewDatabase.ExecuteAsync("insert into tblChat values (2147483647, 1, 1, 41, false, 'left over', null)");
        var (_, result) = await PlanAsync(world);

        var finding = Assert.Single(result.Findings, x => x.Severity == Severity.Blocker);
        Assert.Null(finding.Room);
        Assert.Contains("tblChat.channelId", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_MessageLongerThanTheNewColumn_BlocksItsRoomWithTheFirstNumbersAndTheCount()
    {
        await using var world = await ChatWorld.CreateAsync(ServerKind.PostgreSql);
        await world.NewDatabase.ExecuteAsync("alter table tblChat alter content type varchar(4000)");
        await world.LegacyDatabase.ExecuteAsync("update tblChat set content = repeat('x', 4001) where channelId = 10 and chatId in (3, 5, 7, 9); update tblChat set content = repeat('x', 4000) where channelId = 12");
        var current = ChatWorld.Done(await ChatPoolReader.ReadAsync(world.New, null, CancellationToken.None));
        var read = ChatWorld.Done(await ChatPoolReader.ReadAsync(world.Legacy, null, CancellationToken.None));
        var unfit = ChatWorld.Done(await UnfitContent.FindAsync(world.Legacy, read, world.New, current, CancellationToken.None));
        var legacy = read with { Faults = [.. read.Faults, .. unfit] };
        var rooms = legacy.Nodes.Where(x => !x.IsCategory).Select(x => x.Guid).ToHashSet();

        var result = Planner.Plan(new PlanRequest(legacy, current, rooms, new PlanOptions(), new Dictionary<Guid, string>(), new HashSet<Guid>()));

        var blocker = Assert.Single(result.Findings, x => x.Severity == Severity.Blocker);
        Assert.Equal(legacy.Nodes.Single(x => x.NodeId == 10).Guid, blocker.Room);
        Assert.Contains("tblChat.content", blocker.Message, StringComparison.Ordinal);
        Assert.True(blocker.Message.Contains("channelId 10, chatId 3, 5, 7", StringComparison.Ordinal), blocker.Message);
        Assert.Equal(4, Assert.Single(unfit).Rows);
    }

    [Theory]
    [InlineData("create unique index on tblPrincipal (prinUri)", Severity.Blocker)]
    [InlineData("create index on tblPrincipal (prinUri)", Severity.Warning)]
    [InlineData("create unique index on tblPrincipal (prinUri, prinID)", Severity.Warning)]
    public async Task Plan_AddressThatIsThere_BlocksWhereAnIndexTakesEachOnce(string index, Severity severity)
    {
        await using var world = await ChatWorld.CreateAsync(ServerKind.PostgreSql);
        await world.NewDatabase.ExecuteAsync(index);
        await world.NewDatabase.ExecuteAsync("update tblPrincipal set prinUri = 'sip:dan@contoso.com' where prinID = 41");
        var legacy = ChatWorld.Done(await ChatPoolReader.ReadAsync(world.Legacy, null, CancellationToken.None));
        var current = ChatWorld.Done(await ChatPoolReader.ReadAsync(world.New, null, CancellationToken.None));
        var rooms = legacy.Nodes.Where(x => !x.IsCategory).Select(x => x.Guid).ToHashSet();

        var found = Planner.Plan(new PlanRequest(legacy, current, rooms, new PlanOptions(), new Dictionary<Guid, string>(), new HashSet<Guid>())).Findings.Where(x => x.RuleId == "UriTaken").ToList();

        Assert.Contains(found, x => x.Severity == severity && x.Message.Contains("sip:dan@contoso.com", StringComparison.Ordinal));
        Assert.Equal(severity == Severity.Blocker, found.Exists(x => x.Severity == Severity.Blocker));
    }

    private static async Task<ChatWorld> LooseWorldAsync()
    {
        var world = await ChatWorld.CreateAsync();
        await RandomDamage.LoosenAsync(world.LegacyDatabase);
        return world;
    }

    private static ChatDatabase Legacy(ChatWorld world) => world.Legacy with { Product = ChatProduct.OcsGroupChat2007R2 };

    private static async Task<(ChatPool Legacy, PlanResult Result)> PlanAsync(ChatWorld world, IReadOnlySet<Guid>? rooms = null)
    {
        var legacy = ChatWorld.Done(await ChatPoolReader.ReadAsync(Legacy(world), null, CancellationToken.None));
        var current = ChatWorld.Done(await ChatPoolReader.ReadAsync(world.New, null, CancellationToken.None));
        rooms ??= legacy.Nodes.Where(x => !x.IsCategory).Select(x => x.Guid).ToHashSet();
        return (legacy, Planner.Plan(new PlanRequest(legacy, current, rooms, new PlanOptions(), new Dictionary<Guid, string>(), new HashSet<Guid>()) { NewProvider = world.New.Provider }));
    }

    private static async Task RunTheRestAsync(ChatWorld world, ChatPool legacy, PlanResult result)
    {
        var blocked = result.Findings.Where(x => x.Severity == Severity.Blocker).Select(x => x.Room!.Value).ToHashSet();
        var (_, rest) = await PlanAsync(world, legacy.Nodes.Where(x => !x.IsCategory && !blocked.Contains(x.Guid)).Select(x => x.Guid).ToHashSet());
        Assert.DoesNotContain(rest.Findings, x => x.Severity == Severity.Blocker);
        var ids = await WholeRun.RunAsync(Legacy(world), world.New, rest.Plan, new MemoryJournal());
        foreach (var room in rest.Plan.Rooms)
            Assert.True(ChatWorld.Done(await RoomVerifier.VerifyAsync(Legacy(world), world.New, room, rest.Plan, ids, CancellationToken.None)).Grade <= Grade.Good, room.Name);
    }
}
