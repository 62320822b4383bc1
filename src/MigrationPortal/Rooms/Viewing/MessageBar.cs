namespace MigrationPortal.Rooms.Viewing;

/// <summary>The messages of one month or one day, and whether the two sides contradict each other in it.</summary>
public sealed record MessageBar(DateOnly At, long Legacy, long New, bool IsWrong)
{
    public long Difference => New - Legacy;

    // Some broken row, else: Group Chat is of 2007.
    private const int MostMonths = 50 * 12;

    /// <summary>One for each month from the first to the last, those without messages too unless a date far from the others would make them thousands.</summary>
    public static IReadOnlyList<MessageBar> Months(IReadOnlyList<RoomDay> days)
    {
        if (days.Count == 0)
            return [];
        var (first, last) = (MonthOf(days[0].Day), MonthOf(days[^1].Day));
        var wrong = WrongDays(days).Select(x => MonthOf(x.Day)).ToHashSet();
        var sums = days.GroupBy(x => MonthOf(x.Day)).ToDictionary(x => x.Key, x => (Legacy: x.Sum(y => y.Legacy), New: x.Sum(y => y.New)));
        var count = (last.Year - first.Year) * 12 + last.Month - first.Month + 1;
        return [.. (count > MostMonths ? sums.Keys.Order() : Enumerable.Range(0, count).Select(first.AddMonths)).Select(month =>
            new MessageBar(month, sums.GetValueOrDefault(month).Legacy, sums.GetValueOrDefault(month).New, wrong.Contains(month)))];
    }

    /// <summary>One for each day of a month.</summary>
    public static IReadOnlyList<MessageBar> Days(IReadOnlyList<RoomDay> days, DateOnly month)
    {
        var wrong = WrongDays(days).Select(x => x.Day).ToHashSet();
        var counts = days.Where(x => MonthOf(x.Day) == month).ToDictionary(x => x.Day);
        return [.. Enumerable.Range(0, DateTime.DaysInMonth(month.Year, month.Month)).Select(month.AddDays).Select(day =>
            new MessageBar(day, counts.GetValueOrDefault(day)?.Legacy ?? 0, counts.GetValueOrDefault(day)?.New ?? 0, wrong.Contains(day)))];
    }

    /// <summary>
    /// Days that neither the migration so far nor people explain. What was posted in the new room after the last legacy day is no difference,
    /// and what comes after the last message of the new room was not copied yet.
    /// </summary>
    public static IEnumerable<RoomDay> WrongDays(IReadOnlyList<RoomDay> days)
    {
        var lastLegacy = days.LastOrDefault(x => x.Legacy > 0)?.Day;
        var lastNew = days.LastOrDefault(x => x.New > 0)?.Day;
        return days.Where(x => (x.New < x.Legacy && x.Day < lastNew) || (x.New > x.Legacy && x.Day < lastLegacy));
    }

    public static DateOnly MonthOf(DateOnly day) => new(day.Year, day.Month, 1);
}
