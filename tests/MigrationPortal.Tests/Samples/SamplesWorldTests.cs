using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Samples.World;

namespace MigrationPortal.Tests.Samples;

public sealed class SamplesWorldTests
{
    [Fact]
    public void Make_Typical_IsAsLargeAsPromised()
    {
        var world = SamplesWorld.Make("typical");
        Assert.InRange(world.Legacy.Pool.Nodes.Count(x => !x.IsCategory), 350, 450);
        Assert.InRange(world.Legacy.Messages.Sum(x => x.Count), 160_000, 240_000);
        Assert.All(world.Legacy.Pool.Nodes, x => Assert.InRange(x.Name.Length, 1, 256));
    }

    [Theory]
    [InlineData("tiny")]
    [InlineData("typical")]
    [InlineData("awkward")]
    public void Make_Twice_IsTheSameToTheLastMessage(string name)
    {
        var (one, other) = (SamplesWorld.Make(name), SamplesWorld.Make(name));
        Assert.Equal(one.Legacy.Pool.Nodes, other.Legacy.Pool.Nodes);
        Assert.Equal(one.New.Pool.Nodes, other.New.Pool.Nodes);
        Assert.Equal(one.Legacy.Messages.Take(20).SelectMany(x => x.Read()), other.Legacy.Messages.Take(20).SelectMany(x => x.Read()));
    }

    [Fact]
    public void Plan_Typical_BlocksTheAwkwardRoomsAndNoOthers()
    {
        var world = SamplesWorld.Make("typical");
        var rooms = world.Legacy.Pool.Nodes.Where(x => !x.IsCategory).ToDictionary(x => x.Guid);
        var plan = Planner.Plan(new PlanRequest(
            world.Legacy.Pool, world.New.Pool, rooms.Keys.Except(world.New.Pool.Nodes.Select(x => x.Guid)).ToHashSet(), new PlanOptions(), new Dictionary<Guid, string>(), new HashSet<Guid>()));
        var blockers = plan.Findings.Where(x => x.Severity == Severity.Blocker).ToList();
        string[] expected = ["P02", "P03", "P04", "P06", "P14", "P23"];
        Assert.Empty(expected.Except(blockers.Select(x => x.RuleId), StringComparer.Ordinal));
        Assert.InRange(blockers.Select(x => x.Room).Distinct().Count(), 6, 12);
    }

    [Fact]
    public void Plan_Awkward_FindsEveryTrapThatARuleIsFor()
    {
        var world = SamplesWorld.Make("awkward");
        var rooms = world.Legacy.Pool.Nodes.Where(x => !x.IsCategory).Select(x => x.Guid).Except(world.New.Pool.Nodes.Where(x => x.Name.StartsWith("57", StringComparison.Ordinal)).Select(x => x.Guid));
        var findings = Planner.Plan(new PlanRequest(
            world.Legacy.Pool, world.New.Pool, rooms.ToHashSet(), new PlanOptions { CutOff = new DateOnly(2011, 6, 1) }, new Dictionary<Guid, string>(), new HashSet<Guid>())
            { NewProvider = MigrationPortal.Engine.Sql.SqlProvider.SqlServer }).Findings;
        string[] expected =
        [
            "P01", "P02", "P03", "P04", "P05", "P06", "P07", "P08", "P09", "P10", "P11", "P12", "P13", "P14", "P16", "P19", "P20", "P21", "P22", "P23", "P24",
            "TreeBroken", "ScopeDefinerInvalid", "RoleDefinerInvalid", "GuidTaken", "NoMembers", "MustInheritWins", "ScopeSplit", "UriTaken", "CategoryDrift", "Gains",
        ];
        Assert.Empty(expected.Except(findings.Select(x => x.RuleId), StringComparer.Ordinal));
    }

    [Fact]
    public void Make_Large_HasMicrosoftsNumberOfRoomsAndAsManyMessagesAsAsked()
    {
        var world = SamplesWorld.Make("large-2007", 1_000_000);
        Assert.Equal(SamplesWorld.LargeRooms, world.Legacy.Pool.Nodes.Count(x => !x.IsCategory));
        Assert.InRange(world.Legacy.Messages.Sum(x => x.Count), 990_000, 1_010_000);
        Assert.Equal(MigrationPortal.Engine.ChatProduct.OcsGroupChat2007R2, world.Product);
        var names = world.Legacy.Pool.Nodes.Where(x => !x.IsCategory).Select(x => x.Name).ToList();
        Assert.Equal(names.Count, names.Distinct(StringComparer.Ordinal).Count());
    }
}
