using MigrationPortal.Overview;

namespace MigrationPortal.Tests.Overview;

public sealed class ProgressTests
{
    private static readonly DateOnly Today = new(2026, 11, 27);

    [Fact]
    public void Of_AnEvenPace_EndsOnOneDay()
    {
        var progress = Progress.Of([.. Days(20, _ => 10)], x => x.Rooms, 400, Today);
        Assert.Equal((200, 10d, 10d), (progress.Done, progress.Slowest, progress.Fastest));
        Assert.Equal((Today.AddDays(20), Today.AddDays(20)), (progress.Earliest, progress.Latest));
    }

    [Fact]
    public void Of_AQuietWeek_SaysNotBeforeAndNoLatest()
    {
        var progress = Progress.Of([.. Days(20, back => back < 7 ? 0 : 10)], x => x.Rooms, 400, Today);
        Assert.Equal(0, progress.Slowest);
        Assert.NotNull(progress.Earliest);
        Assert.Null(progress.Latest);
    }

    [Fact]
    public void Of_NothingAllOrNothingLately_HasNoForecast()
    {
        Assert.Empty(Progress.Of([], x => x.Rooms, 5, Today).Points);
        Assert.Null(Progress.Of([.. Days(2, _ => 10)], x => x.Rooms, 20, Today).Earliest);
        Assert.Null(Progress.Of([new(Today.AddDays(-40), 3, 3)], x => x.Rooms, 20, Today).Earliest);
    }

    [Fact]
    public void Of_TheFirstDays_AskNoWeekFromBeforeThem()
    {
        var progress = Progress.Of([.. Days(2, _ => 10)], x => x.Rooms, 40, Today);
        Assert.Equal(10, progress.Slowest);
        Assert.Equal(Today.AddDays(2), progress.Latest);
    }

    // The last `count` days, today the last of them.
    private static IEnumerable<ProgressDay> Days(int count, Func<int, long> rooms) =>
        Enumerable.Range(0, count).Select(i => count - 1 - i).Where(back => rooms(back) > 0).Select(back => new ProgressDay(Today.AddDays(-back), rooms(back), 1));
}
