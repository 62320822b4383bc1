using MigrationPortal.Runs;
using MigrationPortal.Runs.Watching;

namespace MigrationPortal.Tests.Runs.Watching;

public sealed class RateSeriesTests
{
    private static readonly DateTimeOffset _start = DateTimeOffset.UnixEpoch;

    [Fact]
    public void Read_AfterADay_HasAPointForEachPartOfItAndTheRateOfEach()
    {
        var rates = Fill(_ => 100, TimeSpan.FromDays(1)).Read();

        Assert.InRange(rates.Points.Count, RateSeries.Most / 2, RateSeries.Most);
        Assert.All(rates.Points, x => Assert.Equal(100, x.Rate, 3));
        Assert.InRange(rates.Points[^1].Seconds, 86_400, 90_000);
        Assert.Null(rates.SlowSince);
    }

    [Theory]
    [InlineData(40, true)]
    [InlineData(60, false)]
    public void Read_WhenItSlowsDown_SaysSinceWhenOnlyBelowHalf(int rate, bool isSlow)
    {
        var since = TimeSpan.FromMinutes(10);
        var rates = Fill(at => at < since ? 100 : rate, TimeSpan.FromMinutes(13)).Read();

        Assert.Equal(isSlow, rates.SlowSince is not null);
        if (rates.SlowSince is { } slow)
            Assert.InRange(slow - _start, since - TimeSpan.FromSeconds(15), since + TimeSpan.FromSeconds(15));
    }

    [Fact]
    public void Read_AroundAPause_JoinsNoLineOverIt()
    {
        var series = Fill(_ => 100, TimeSpan.FromMinutes(1));
        series.Add(Sample(TimeSpan.FromMinutes(1), 6_000), Sample(TimeSpan.FromMinutes(5), 6_000));
        series.Add(Sample(TimeSpan.FromMinutes(5), 6_000), Sample(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(5), 6_500));
        var points = series.Read().Points;

        Assert.True(points[^1].IsAfterPause);
        Assert.Equal(100, points[^1].Rate, 3);
        Assert.DoesNotContain(points.SkipLast(1), x => x.IsAfterPause);
    }

    [Fact]
    public void StepOf_AnyLength_NeedsAtMostTheMost()
    {
        foreach (var seconds in new[] { 0, 119, 120, 121, 5_000, 1_000_000 })
            Assert.True(TimeSpan.FromSeconds(seconds) / RateSeries.StepOf(TimeSpan.FromSeconds(seconds)) < RateSeries.Most);
    }

    // As a run writes them: each second at first, then every five.
    private static RateSeries Fill(Func<TimeSpan, int> rateAt, TimeSpan length)
    {
        var series = new RateSeries(_start, RateSeries.StepOf(TimeSpan.Zero), []);
        var (at, last) = (TimeSpan.Zero, Sample(TimeSpan.Zero, 0));
        for (var i = 0; at < length; i++)
        {
            var step = TimeSpan.FromSeconds(i < 120 ? 1 : 5);
            at += step;
            var next = Sample(at, last.CopiedMessageCount + (long)(rateAt(at) * step.TotalSeconds));
            series.Add(last, next);
            last = next;
        }

        return series;
    }

    private static RunSample Sample(TimeSpan at, long copied) => new() { RunId = 1, At = _start + at, CopiedMessageCount = copied, VerifiedMessageCount = 0 };
}
