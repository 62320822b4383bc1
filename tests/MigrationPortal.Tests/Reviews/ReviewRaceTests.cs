using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Reviews;
using MigrationPortal.Reviews.Judging;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Reviews.BreakGlass;
using MigrationPortal.Tests.Shared;
using Xunit.Abstractions;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Reviews;

/// <summary>
/// Random histories through the use cases on PostgreSQL: three people at once, each on one of two nodes. After every step what is kept is
/// compared with what a reader of the rows alone would say.
/// </summary>
public sealed class ReviewRaceTests(ITestOutputHelper output)
{
    // Some each time, with a seed of their own; all 300 in tests/soak.sh.
    private static int Histories => int.TryParse(Environment.GetEnvironmentVariable("TEST_HISTORIES"), CultureInfo.InvariantCulture, out var count) ? count : 75;

    [Fact]
    public async Task ThreeAtOnceOnTwoNodes_AnyHistory_KeepsEveryInvariant()
    {
        var random = new Random(TestSeed.Draw(output));
        await using var world = await OwnerWorld.StartAsync();
        await world.KnowAsync();
        await using var first = await PortalApp.StartNodeAsync(world.Database, OwnerWorld.Settings!);
        await using var second = await PortalApp.StartNodeAsync(world.Database, OwnerWorld.Settings!);
        var tally = new Dictionary<string, int>(StringComparer.Ordinal);
        var histories = Histories;
        for (var history = 0; history < histories; history++)
        {
            using var race = new ReviewRace(world, [first, second], random);
            await race.BeginAsync(history);
            for (var step = 0; step < 4; step++)
            {
                var before = await race.StateAsync();
                // Drawn before they run: a history is repeated by its seed up to the order of the three.
                var actions = Enumerable.Range(0, 3).Select(_ => race.Draw()).ToList();
                var said = string.Join(", ", actions.Select(x => x.What));
                var done = await Task.WhenAll(actions.Select(x => Task.Run(x.ActAsync)));
                foreach (var (action, isDone) in actions.Zip(done))
                    tally[$"{action.What} {isDone}"] = tally.GetValueOrDefault($"{action.What} {isDone}") + 1;
                await race.CheckAsync($"history {history}, step {step}: {said}", before, actions.ConvertAll(x => x.What));
            }

            await race.EndAsync();
        }

        output.WriteLine(string.Join("\n", tally.OrderBy(x => x.Key, StringComparer.Ordinal).Select(x => $"{x.Key}: {x.Value}")));
        Assert.All(["approve True", "withdraw True", "start True", "edit True", "age True", "scan True", "policy True", "ask True", "confirm True", "review True"], x => Assert.True(tally.GetValueOrDefault(x) > 0, x));
    }
}
