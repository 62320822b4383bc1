using System.Globalization;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Reviews.BreakGlass;
using MigrationPortal.Tests.Shared;
using Xunit.Abstractions;

namespace MigrationPortal.Tests.Reviews;

/// <summary>
/// Random histories through the use cases on PostgreSQL: three people at once, each on one of two nodes. After every step what is kept is
/// compared with what a reader of the rows alone would say. Runs are started by people and by schedules, which read both pools again, while threads are
/// begun and resolved and a freeze and windows are set and lifted; they begin, and no room is copied.
/// </summary>
public sealed class ReviewRaceTests(ITestOutputHelper output)
{
    // Beside each other, each with databases and nodes of its own: policy, freeze, windows and roles are of all batches, and what one history does to them
    // would be no answer to what another one did.
    private const int Lanes = 3;

    private static readonly string[] _seen =
    [
        "approve True", "withdraw True", "start True", "start barred", "edit True", "age True", "scan True", "policy True", "ask True", "confirm True", "review True", "freeze True",
        "lift True", "close True", "open True", "thread True", "resolve True", "reopen True", "board True", "schedule True", "unschedule True", "due True", "late True",
    ];

    // With a seed of their own each time; more of them in tests/soak.sh.
    private static int Histories => int.TryParse(Environment.GetEnvironmentVariable("TEST_HISTORIES"), CultureInfo.InvariantCulture, out var count) ? count : 300;

    [Fact]
    public async Task ThreeAtOnceOnTwoNodes_AnyHistory_KeepsEveryInvariant()
    {
        var seed = TestSeed.Draw(output);
        var lanes = await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => Task.Run(() => RunAsync(lane, new Random(unchecked(seed + lane))))));
        var tally = lanes.SelectMany(x => x).GroupBy(x => x.Key, StringComparer.Ordinal).ToDictionary(x => x.Key, x => x.Sum(y => y.Value), StringComparer.Ordinal);

        output.WriteLine(string.Join("\n", tally.OrderBy(x => x.Key, StringComparer.Ordinal).Select(x => $"{x.Key}: {x.Value}")));
        Assert.All(_seen, x => Assert.True(tally.GetValueOrDefault(x) > 0, x));
    }

    /// <returns>How often what was done, and what was refused.</returns>
    private static async Task<Dictionary<string, int>> RunAsync(int lane, Random random)
    {
        await using var source = await RaceSource.CreateAsync();
        await using var world = await BatchWorld.StartAsync(settings: RaceNeeds.Settings!);
        await OwnerWorld.AddAsync(world, OwnerWorld.Olaf);
        await world.KnowAsync();
        await source.ScanAsync(world, hasLee: false);
        await using var first = await source.StartNodeAsync(world, RaceNeeds.Settings);
        await using var second = await source.StartNodeAsync(world, RaceNeeds.Settings);
        var tally = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var history = lane; history < Histories; history += Lanes)
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

            tally["start barred"] = tally.GetValueOrDefault("start barred") + race.Barred;
            await race.EndAsync();
        }

        return tally;
    }
}
