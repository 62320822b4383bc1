using MigrationPortal.Ui;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.Windows.Viewing;

/// <param name="Left">Share of the day before it, in percent.</param>
/// <param name="Width">In percent.</param>
internal sealed record DrawnSpan(double Left, double Width, DateTimeOffset From, DateTimeOffset To);

/// <summary>One day of the reader's calendar and when it is open.</summary>
/// <param name="Begin">Its midnight.</param>
internal sealed record DrawnDay(DateTimeOffset Begin, DateTimeOffset End, IReadOnlyList<DrawnSpan> Spans)
{
    public const int Count = 14;

    public bool IsWhole => Spans is [var one] && one.From <= Begin && one.To >= End;

    public static IReadOnlyList<DrawnDay> Draw(IReadOnlyCollection<Window> windows, DateTimeOffset now, Clock clock)
    {
        var today = TimeZoneInfo.ConvertTime(now, clock.Zone).Date;
        var midnights = Enumerable.Range(0, Count + 1).Select(x => Midnight(today.AddDays(x), clock.Zone)).ToList();
        var open = OpenTimes.Between(windows, midnights[0], midnights[^1]);
        return [.. midnights.Zip(midnights.Skip(1), (begin, end) => Of(begin, end, open))];
    }

    private static DrawnDay Of(DateTimeOffset begin, DateTimeOffset end, IReadOnlyList<OpenSpan> open)
    {
        var whole = (end - begin).TotalMinutes;
        var spans = open.Where(x => x.From < end && x.To > begin).Select(x => (From: x.From < begin ? begin : x.From, To: x.To > end ? end : x.To));
        return new(begin, end, [.. spans.Select(x => new DrawnSpan((x.From - begin).TotalMinutes / whole * 100, (x.To - x.From).TotalMinutes / whole * 100, x.From, x.To))]);
    }

    // A clock that skips midnight begins the day when it goes on.
    private static DateTimeOffset Midnight(DateTime day, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(day))
            day = day.AddMinutes(30);
        return new DateTimeOffset(day, zone.GetUtcOffset(day)).ToUniversalTime();
    }
}
