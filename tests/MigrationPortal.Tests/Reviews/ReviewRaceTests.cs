using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Jobs;
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
/// compared with what a reader of the rows alone would say. Runs are started by the use case, which reads both pools again, while a freeze and windows
/// are set and lifted; they begin, and no room is copied.
/// </summary>
public sealed class ReviewRaceTests(ITestOutputHelper output)
{
    // Some each time, with a seed of their own; all 300 in tests/soak.sh.
    private static int Histories => int.TryParse(Environment.GetEnvironmentVariable("TEST_HISTORIES"), CultureInfo.InvariantCulture, out var count) ? count : 75;

    [Fact]
    public async Task ThreeAtOnceOnTwoNodes_AnyHistory_KeepsEveryInvariant()
    {
        var random = new Random(TestSeed.Draw(output));
        await using var source = await RaceSource.CreateAsync();
        await using var world = await OwnerWorld.StartAsync();
        await world.KnowAsync();
        await source.ScanAsync(world, hasLee: false);
        await using var first = await StartNodeAsync(world, source);
        await using var second = await StartNodeAsync(world, source);
        var tally = new Dictionary<string, int>(StringComparer.Ordinal);
        var histories = Histories;
        for (var history = 0; history < histories; history++)
        {
            var race = new ReviewRace(world, source, [first, second], random);
            await race.BeginAsync(history);
            for (var step = 0; step < 4; step++)
            {
                var before = await race.LookAsync();
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
        Assert.All(["approve True", "withdraw True", "start True", "edit True", "age True", "scan True", "policy True", "ask True", "confirm True", "review True", "freeze True", "lift True", "close True", "open True"], x => Assert.True(tally.GetValueOrDefault(x) > 0, x));
    }

    // Its jobs stand still: a run that began keeps its state, and what they sweep the race sweeps itself.
    private static async Task<PortalApp> StartNodeAsync(BatchWorld world, RaceSource source)
    {
        var node = await PortalApp.StartNodeAsync(world.Database, source.Settings.Concat(OwnerWorld.Settings.Select(x => KeyValuePair.Create(x.Key, x.Value!))).ToDictionary());
        await (await node.Get<JobEngine>().SchedulerAsync(CancellationToken.None)).Standby();
        return node;
    }
}
