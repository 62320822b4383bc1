namespace MigrationPortal.Overview;

/// <param name="Day">UTC.</param>
/// <param name="Rooms">Verified for the first time on that day.</param>
/// <param name="Messages">Of these rooms.</param>
public sealed record ProgressDay(DateOnly Day, long Rooms, long Messages);

/// <summary>What was verified day by day, and when all of it will be at the pace of the last two weeks.</summary>
/// <param name="Points">How much was verified in all at the end of each day, from the day before the first to today.</param>
/// <param name="Total">Of what is to be migrated.</param>
/// <param name="Slowest">A day, in the slowest of the weeks that lie within the last two; 0 where it had none.</param>
/// <param name="Fastest">A day, in the fastest of them.</param>
public sealed record Progress(IReadOnlyList<(DateOnly Day, long Done)> Points, long Total, double Slowest, double Fastest)
{
    private const int Week = 7;

    public long Done => Points.Count == 0 ? 0 : Points[^1].Done;

    /// <summary>Null when all is verified, or nothing was in two weeks.</summary>
    public DateOnly? Earliest => At(Fastest);

    /// <summary>Null also where the slowest week verified nothing.</summary>
    public DateOnly? Latest => At(Slowest);

    public static Progress Of(IReadOnlyList<ProgressDay> days, Func<ProgressDay, long> amount, long total, DateOnly today)
    {
        if (days.Count == 0)
            return new([], total, 0, 0);
        var by = days.ToDictionary(x => x.Day, amount);
        var sum = 0L;
        var points = new List<(DateOnly, long)> { (days[0].Day.AddDays(-1), 0) };
        for (var day = days[0].Day; day <= today; day = day.AddDays(1))
            points.Add((day, sum += by.GetValueOrDefault(day)));
        // Weeks before the first verified room say nothing about the pace.
        var length = Math.Min(2 * Week, points.Count - 1);
        var span = Math.Min(Week, length);
        var weeks = Enumerable.Range(0, length - span + 1).Select(back => Enumerable.Range(back, span).Sum(x => by.GetValueOrDefault(today.AddDays(-x))) / (double)span).ToList();
        return new(points, total, weeks.Min(), weeks.Max());
    }

    /// <summary>How many days before a day everything will be verified, negative after it: at best, and at worst. Null where there is no forecast.</summary>
    public (int? Best, int? Worst) DaysBefore(DateOnly day) => (day.DayNumber - Earliest?.DayNumber, day.DayNumber - Latest?.DayNumber);

    // Ten years ahead is no forecast.
    private DateOnly? At(double pace) => Total > Done && pace > 0 && (Total - Done) / pace is <= 3650 and var days ? Points[^1].Day.AddDays((int)Math.Ceiling(days)) : null;
}
