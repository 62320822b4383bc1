using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Samples.World;

namespace MigrationPortal.Tests.Start;

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
}
