using MigrationPortal.Reviews;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Tests.Shared;
using Xunit.Abstractions;

namespace MigrationPortal.Tests.Reviews.Policy;

/// <summary>Random histories of one batch's review, told twice: as rows that the judge reads, and by <see cref="NaiveReview"/>, which lives through them.</summary>
public sealed class JudgeHistoryTests(ITestOutputHelper output)
{
    private const int Histories = 100_000;

    [Fact]
    public void Rule_AfterEveryStepOfARandomHistory_AgreesWithTheNaiveModel()
    {
        var random = new Random(TestSeed.Draw(output));
        var (byPart, started) = (0, 0);
        var barred = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var history = 0; history < Histories; history++)
        {
            var world = new ReviewHistory(random);
            for (var step = random.Next(4, 16); step > 0; step--)
            {
                var what = world.Step();
                var standing = Judge.Rule(world.Case, world.Now);
                var naive = world.Naive;

                Assert.True(naive.Needed == standing.Needed, $"needed, history {history}, after {what}");
                Assert.True(naive.Counted().SetEquals(standing.Counted.Select(x => x.Person)), $"counted, history {history}, after {what}");
                Assert.True(naive.Parts().SetEquals(standing.Parts.SelectMany(x => x.Categories)), $"parts, history {history}, after {what}");
                Assert.True(naive.IsEmergency() == (standing.Emergency is not null), $"emergency, history {history}, after {what}");
                Assert.True(naive.IsSatisfied() == standing.IsSatisfied, $"satisfied, history {history}, after {what}");
                var starter = world.Starter();
                var refusal = Judge.RefuseStarter(world.Case.Policy, standing, starter);
                Assert.True(naive.MayStart(starter) == (refusal is null), $"started by {starter} under {naive.Policy.Starter}, history {history}, after {what}");
                if (standing.IsSatisfied && refusal is null)
                    started++;
                else if (standing.IsSatisfied)
                    barred[refusal!.Code] = barred.GetValueOrDefault(refusal.Code) + 1;
                byPart += standing is { IsSatisfied: true, Parts.Count: > 0, Needs.Count: > 0 } ? 1 : 0;
            }
        }

        output.WriteLine($"{byPart} steps were satisfied with an owner's part; {started} starts, refused {string.Join(", ", barred)}");
        Assert.True(byPart > 100);
        Assert.True(started > 100 && barred.GetValueOrDefault("starter-approved") > 100 && barred.GetValueOrDefault("starter-approved-last") > 100);
    }

    /// <summary>An end that is announced is the instant at which it happens, not earlier and not later.</summary>
    [Fact]
    public void Rule_AtTheAnnouncedEnd_IsSatisfiedOneTickBeforeAndNotAfter()
    {
        var random = new Random(TestSeed.Draw(output));
        var seen = 0;
        for (var history = 0; history < 5_000; history++)
        {
            var world = new ReviewHistory(random);
            for (var step = 12; step > 0; step--)
                world.Step();
            if (Judge.Rule(world.Case, world.Now).ExpiresAt is not { } end)
                continue;
            seen++;
            Assert.True(Judge.Rule(world.Case, end.AddTicks(-1)).IsSatisfied, $"history {history}");
            Assert.False(Judge.Rule(world.Case, end).IsSatisfied, $"history {history}");
        }

        Assert.True(seen > 100, $"only {seen} histories were satisfied at their end");
    }
}
