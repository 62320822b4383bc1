using System.Text.Json;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Samples.World;

namespace MigrationPortal.Tests.Engine.Planning;

public sealed class RoomPlansTests
{
    [Theory]
    [InlineData("typical")]
    [InlineData("awkward")]
    public void Find_EachRoom_IsWhatThePlanOfAllMakesOfIt(string sample)
    {
        var world = SamplesWorld.Make(sample);
        var rooms = world.Legacy.Pool.Nodes.Where(x => !x.IsCategory).ToList();
        var request = new PlanRequest(world.Legacy.Pool, world.New.Pool, rooms.Select(x => x.Guid).ToHashSet(), new PlanOptions(), new Dictionary<Guid, string>(), new HashSet<Guid>());
        var all = Planner.PlanUnchecked(request);
        var single = new RoomPlans(request);

        var found = rooms.Select(single.Find).OfType<RoomPlan>().OrderBy(x => x.Room.LegacyNodeId).ToList();

        Assert.Equal(JsonSerializer.Serialize(all.Rooms), JsonSerializer.Serialize(found.Select(x => x.Room)));
        var categories = all.Categories.ToDictionary(x => x.Guid, x => JsonSerializer.Serialize(x));
        Assert.All(found, x => Assert.Equal(categories[x.Room.Category], JsonSerializer.Serialize(x.Category)));
    }
}
