using System.Diagnostics;
using System.Globalization;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Samples.World;

namespace MigrationPortal.Bench;

/// <summary>One plan of every room of the sample "large", with every check and the fingerprint; the reference is what is promised.</summary>
internal static class PlanningBench
{
    private const double Promised = 10;
    private const int Rounds = 3;

    public static int Run()
    {
        var world = SamplesWorld.Make("large", 5_000_000);
        var rooms = world.Legacy.Pool.Nodes.Where(x => !x.IsCategory).Select(x => x.Guid).Except(world.New.Pool.Nodes.Select(x => x.Guid)).ToHashSet();
        var taken = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            var plan = Planner.Plan(new PlanRequest(world.Legacy.Pool, world.New.Pool, rooms, new PlanOptions(), new Dictionary<Guid, string>(), new HashSet<Guid>()));
            taken.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            if (plan.Plan.Rooms.Count < rooms.Count * 9 / 10) throw new InvalidOperationException("Not every room was planned.");
        }
        var ours = taken.Order().ElementAt(Rounds / 2);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"planning {rooms.Count} rooms\t{ours:F2}\t{Promised:F2}\t{ours / Promised:F2}\ts"));
        return 0;
    }
}
