using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Tests.Engine.Planning;

public sealed class FinalNamesTests
{
    private static PoolBuilder Nested() => new PoolBuilder()
        .Category("Trading").Category("FX", "Trading").Room("Town hall", "Trading").Room("Spot", "FX");

    [Fact]
    public void Plan_RoomOfFirstLevelCategory_KeepsItsName()
    {
        var room = Nested().Plan("Town hall").Plan.Rooms.Single();

        Assert.Equal("Town hall", room.Name);
        Assert.Contains(room.Decisions, d => d.Code == "NameKept");
    }

    [Fact]
    public void Plan_RoomOfNestedCategory_GetsTheChainAsPrefix()
    {
        var plan = Nested().Plan("Spot").Plan;

        Assert.Equal("Trading - FX - Spot", plan.Rooms.Single().Name);
        Assert.Equal("Trading - FX", plan.Categories.Single().Name);
    }

    [Theory]
    [InlineData("/", "Trading/FX/Spot")]
    [InlineData("", "TradingFXSpot")]
    public void Plan_OtherSeparator_IsUsedBetweenAllParts(string separator, string expected) =>
        Assert.Equal(expected, Nested().Plan(new PlanOptions { PrefixSeparator = separator }, "Spot").Plan.Rooms.Single().Name);

    [Fact]
    public void Plan_RootNameInPrefix_StandsFirst() =>
        Assert.Equal("root - Trading - FX - Spot", Nested().Plan(new PlanOptions { RootNameInPrefix = true }, "Spot").Plan.Rooms.Single().Name);

    [Fact]
    public void Plan_NameTooLongAndShorten_EndsInHashOfItsGuidWith256Characters()
    {
        var pool = new PoolBuilder().Category(new string('c', 200)).Category("d", new string('c', 200)).Room(new string('r', 60), "d");

        var room = pool.Plan(new PlanOptions { OverLongName = OverLongName.Shorten }).Plan.Rooms.Single();

        Assert.Equal(256, room.Name.Length);
        Assert.Matches("~[0-9a-f]{8}$", room.Name);
    }

    [Fact]
    public void Plan_CutWouldSplitASurrogatePair_KeepsOneUnitLess()
    {
        // 3 + 3 characters of prefix put the pair on units 247 and 248.
        var name = new string('r', 240) + "😀" + new string('r', 20);
        var pool = new PoolBuilder().Category("c").Category("d", "c").Room(name, "d");

        var room = pool.Plan(new PlanOptions { OverLongName = OverLongName.Shorten, PrefixSeparator = "--" }).Plan.Rooms.Single();

        Assert.Equal(255, room.Name.Length);
        Assert.DoesNotContain(room.Name, char.IsSurrogate);
    }
}
