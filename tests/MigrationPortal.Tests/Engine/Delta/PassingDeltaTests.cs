using MigrationPortal.Engine.Delta;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Engine.Transfer;
using MigrationPortal.Tests.Engine.Planning;

namespace MigrationPortal.Tests.Engine.Delta;

/// <summary>Which rooms a delta leaves as they are, after a row of them became odd.</summary>
public sealed class PassingDeltaTests
{
    private static readonly IdAllocation Nothing = new(new Dictionary<Guid, int>(), new Dictionary<Guid, int>());

    public static TheoryData<string, string> Odd => new()
    {
        { new string('d', 300), "Desk" }, { "before⟦U+0000⟧after", "Desk" }, { "Party ⟦U+D83D⟧", "Desk" }, { "", "\u200B" },
    };

    [Theory]
    [MemberData(nameof(Odd))]
    public void Plan_OneRoomBecameOdd_SetsItAsideWithItsReasonAndPlansTheOthers(string description, string name)
    {
        var pool = new PoolBuilder().Category("Trading").Room("Desk", "Trading").Room("Hall", "Trading")
            .Change("Desk", x => x with { Description = description, Name = name }).Messages("Hall", 3, PoolBuilder.SystemId).Build();

        var passing = Plan(pool, SqlProvider.PostgreSql);

        Assert.Equal(["Hall"], passing.Plan.Plan.Rooms.Select(x => x.Name));
        Assert.All(passing.SetAside, x => Assert.Equal(PoolBuilder.Guids("node Desk"), x.Room));
        Assert.NotEmpty(passing.SetAside);
    }

    [Fact]
    public void Plan_AuthorBecameUnknown_SetsThatRoomAside()
    {
        var pool = new PoolBuilder().Category("Trading").Room("Desk", "Trading").Room("Hall", "Trading").Messages("Desk", 3, 4711).Messages("Hall", 3, PoolBuilder.SystemId).Build();

        var passing = Plan(pool, SqlProvider.PostgreSql);

        Assert.Equal(("P23", "Hall"), (Assert.Single(passing.SetAside).RuleId, Assert.Single(passing.Plan.Plan.Rooms).Name));
    }

    [Fact]
    public void Plan_UnitsThatSqlServerHolds_AreNoReasonThere()
    {
        var pool = new PoolBuilder().Category("Trading").Room("Desk", "Trading").Change("Desk", x => x with { Description = "before⟦U+0000⟧after" }).Build();

        Assert.Empty(Plan(pool, SqlProvider.SqlServer).SetAside);
    }

    private static PassingDelta Plan(MigrationPortal.Engine.ChatPool pool, SqlProvider provider) => DeltaPlanner.PlanWhatPasses(
        new PlanRequest(pool, new PoolBuilder().Build(), pool.Nodes.Where(x => !x.IsCategory).Select(x => x.Guid).ToHashSet(), new PlanOptions(), new Dictionary<Guid, string>(), new HashSet<Guid>()) { NewProvider = provider },
        Nothing);
}
