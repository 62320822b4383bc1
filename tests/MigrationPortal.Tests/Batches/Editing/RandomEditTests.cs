using MigrationPortal.Api;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Tests.Shared;
using Xunit.Abstractions;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Batches.Editing;

/// <summary>Three people edit one batch at random and at once, some of what they saw long ago.</summary>
public sealed class RandomEditTests(ITestOutputHelper output)
{
    private const int Rounds = 40;

    [Fact]
    public async Task Edits_OfThreePeopleAtOnce_LoseNothing_AndNobodyReplacesWhatTheyDidNotSee()
    {
        var random = new Random(TestSeed.Draw(output));
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "N0", "Desk", "Repo");
        Done(await world.Get<EditOptionsHandler>().HandleAsync(new EditOptions(id, new PlanOptions { RootCategory = "Old" }), Petra, CancellationToken.None));
        var model = new EditModel(await world.RoomAsync("Desk"), await world.RoomAsync("Repo"), await world.RoomAsync("Swaps"));
        var first = await model.ReadAsync(world, id);
        Caller[] people = [Petra, Paul, Both];
        var seen = Enumerable.Repeat(first, people.Length).ToArray();
        var made = new List<EditMade>();
        for (var round = 0; round < Rounds; round++)
        {
            var wishes = seen.Select(x => model.Draw(random, x)).ToArray();
            var outcomes = await Task.WhenAll(people.Select((who, i) =>
                Task.Run(() => world.Get<EditBatchHandler>().HandleAsync(model.Edit(id, seen[i], wishes[i]), who, CancellationToken.None))));
            made.AddRange(outcomes.Select((x, i) => new EditMade(people[i], seen[i], wishes[i], x)));
            var now = await model.ReadAsync(world, id);
            for (var i = 0; i < people.Length; i++)
                seen[i] = random.Next(3) > 0 ? now : seen[i];
        }

        var states = Replay(first, made);
        var last = await model.ReadAsync(world, id);
        Assert.Equal(last.Version, states.Keys.Max());
        Assert.Equal(Sorted(states[last.Version].Values), Sorted(last.Values));
        var met = made.Where(x => !x.Outcome.IsDone).ToList();
        Assert.All(met, x => CheckShown(x, states));
        output.WriteLine($"{made.Count} edits, {met.Count} met others, {made.Count(x => x.Outcome.Value?.Beside.Count > 0)} stand beside others");
        Assert.NotEmpty(met);
        Assert.Contains(made, x => x.Outcome.Value?.Beside.Count > 0);
    }

    // In the order of the versions they made, each applied to what stood before: it must have been seen, or be the same.
    private static Dictionary<int, EditState> Replay(EditState first, List<EditMade> made)
    {
        var states = new Dictionary<int, EditState> { [first.Version] = first };
        foreach (var group in made.Where(x => x.Outcome.IsDone).GroupBy(x => x.Outcome.Value!.Version).OrderBy(x => x.Key))
        {
            var before = states[states.Keys.Max()];
            var writer = group.Key == before.Version ? null : group.First(x => group.All(other => other.Wish.All(wish => before.Next(group.Key, x.Wish).Values[wish.Key] == wish.Value)));
            if (writer is not null)
            {
                Assert.Equal(before.Version + 1, group.Key);
                Assert.All(writer.Wish, wish => Assert.True(before.Values[wish.Key] == states[writer.Seen.Version].Values[wish.Key] || before.Values[wish.Key] == wish.Value, $"{wish.Key} was replaced unseen in version {group.Key}"));
                states[group.Key] = before.Next(group.Key, writer.Wish);
            }

            // What was so already made no version.
            Assert.All(group.Where(x => x != writer), x => Assert.All(x.Wish, wish => Assert.Equal(wish.Value, states[group.Key].Values[wish.Key])));
        }

        return states;
    }

    private static void CheckShown(EditMade edit, Dictionary<int, EditState> states)
    {
        var conflict = EditConflict.Of(Refused(edit.Outcome, "edit-conflict"))!;
        var (seen, theirs) = (edit.Seen.Values, states[conflict.Version!.Value].Values);
        var lost = edit.Wish.Where(x => theirs[x.Key] != seen[x.Key] && theirs[x.Key] != x.Value).Select(x => (x.Key, seen[x.Key], theirs[x.Key], x.Value));
        Assert.Equal(lost.OrderBy(x => x.Key, StringComparer.Ordinal), conflict.Fields.Select(x => (x.Field, x.Base, x.Theirs, x.Yours)).OrderBy(x => x.Field, StringComparer.Ordinal));
    }

    private static IEnumerable<KeyValuePair<string, string?>> Sorted(IReadOnlyDictionary<string, string?> values) => values.OrderBy(x => x.Key, StringComparer.Ordinal);
}
