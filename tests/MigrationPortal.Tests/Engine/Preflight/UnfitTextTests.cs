using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Tests.Engine.Planning;

namespace MigrationPortal.Tests.Engine.Preflight;

/// <summary>Every text that is written, against the width of its column in the new pool.</summary>
public sealed class UnfitTextTests
{
    private static readonly string _long = new('d', 300);

    private static PoolBuilder Two() => new PoolBuilder().Principal("Ines").Category("Desk").Category("Other").Room("Spot", "Desk").Member("Spot", "Ines").Room("Hall", "Other");

    [Fact]
    public void Check_DescriptionOfARoom_BlocksThatRoomWithItsLength() =>
        AssertBlocks(Two().Change("Spot", n => n with { Description = _long }), "tblNode.nodeDesc", "300 characters", "nodeID 13");

    [Fact]
    public void Check_DescriptionOfACategory_BlocksItsRooms() =>
        AssertBlocks(Two().Change("Desk", n => n with { Description = _long }), "tblNode.nodeDesc", "Category “Desk” (nodeID 11)");

    [Fact]
    public void Check_AddressOfAPerson_BlocksTheRoomsThatNeedThem() =>
        AssertBlocks(Two().Principal("Lang", uri: "sip:" + _long).Messages("Spot", 1, 4), "tblPrincipal.prinUri", "304 characters", "prinID 4");

    [Fact]
    public void Check_PathOfAPerson_MayBeLongerThanAName() =>
        AssertBlocks(Two().Principal("Lang", path: "CN=Lang,OU=" + _long).Principal("Wide", path: "CN=Wide,OU=" + new string('u', 400)).Messages("Spot", 2, 4, 5), "prinID 5", "384 are allowed");

    [Fact]
    public void Check_PersonWhoIsThere_IsUsedAsItStands()
    {
        var pool = Two().Principal("Lang", uri: "sip:" + _long).Messages("Spot", 1, 4);

        Assert.DoesNotContain(pool.Plan(new PlanOptions(), new PoolBuilder().Principal("Lang").Build()).Findings, f => f.RuleId == "UnfitText");
    }

    [Fact]
    public void Check_NarrowerColumnOfTheNewPool_Counts()
    {
        var pool = Two().Change("Spot", n => n with { Description = new string('d', 101) });
        var narrow = new PoolBuilder().Build() with { Widths = [new ColumnWidth("TBLNODE", "nodedesc", 100)] };

        Assert.Single(pool.Plan(new PlanOptions(), narrow).Findings, f => f.RuleId == "UnfitText" && f.Message.Contains("100 are allowed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(SqlProvider.PostgreSql, 0)]
    [InlineData(SqlProvider.SqlServer, 1)]
    public void Check_Emoji_AreCountedAsTheServerCounts(SqlProvider server, int expected)
    {
        var pool = Two().Change("Spot", n => n with { Description = string.Concat(Enumerable.Repeat("🌍", 60)) }).Build();
        var narrow = new PoolBuilder().Build() with { Widths = [new ColumnWidth("tblNode", "nodeDesc", 100)] };

        Assert.Equal(expected, Plan(pool, narrow, server).Findings.Count(f => f.RuleId == "UnfitText"));
    }

    [Theory]
    [InlineData(SqlProvider.PostgreSql, 1)]
    [InlineData(SqlProvider.SqlServer, 0)]
    public void Check_UnitThatPostgreSqlCannotHold_BlocksThereAndMovesElsewhere(SqlProvider server, int expected)
    {
        var pool = Two().Change("Spot", n => n with { Name = VisibleText.Of("Party \uD83D") }).Build();
        var result = Plan(pool, new PoolBuilder().Build(), server);

        Assert.Equal(expected, result.Findings.Count(f => f is { RuleId: "UnfitText", Severity: Severity.Blocker } && f.Message.Contains("PostgreSQL cannot store", StringComparison.Ordinal)));
        Assert.Equal("Party ⟦U+D83D⟧", result.Plan.Rooms.Single(x => x.LegacyNodeId == 13).Name);
    }

    private static PlanResult Plan(ChatPool pool, ChatPool current, SqlProvider server) => Planner.Plan(new PlanRequest(
        pool, current, pool.Nodes.Where(n => !n.IsCategory).Select(n => n.Guid).ToHashSet(), new PlanOptions(), new Dictionary<Guid, string>(), new HashSet<Guid>()) { NewProvider = server });

    private static void AssertBlocks(PoolBuilder pool, params string[] words)
    {
        var finding = Assert.Single(pool.Plan().Findings, f => f.Severity == Severity.Blocker);
        Assert.Equal(("UnfitText", "Spot"), (finding.RuleId, finding.Subject));
        Assert.All(words, word => Assert.Contains(word, finding.Message, StringComparison.Ordinal));
    }
}
