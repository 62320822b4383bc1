using NodaTime;
using NodaTime.TimeZones;

namespace MigrationPortal.Windows;

/// <param name="To">Not part of it.</param>
public readonly record struct OpenSpan(DateTimeOffset From, DateTimeOffset To);

/// <summary>
/// When the new pool may be written, by its windows: page, API, start and sweep ask this alone. Without a window that allows, it is always;
/// a window that denies takes away, whatever allows. On days when clocks change, what is in doubt is closed: a time that a clock skips is
/// the moment of the change; of a time that a clock shows twice, what allows begins at the second and ends at the first, and what denies the
/// other way round.
/// </summary>
internal static class OpenTimes
{
    /// <summary>For rooms that are being copied when a window ends.</summary>
    public static readonly TimeSpan Finishing = TimeSpan.FromMinutes(30);

    // A window lasts up to a day, and a clock may skip one, as Samoa's did in 2011.
    private const int DaysBefore = 3;

    /// <returns>In order, apart from each other, within the two times.</returns>
    public static IReadOnlyList<OpenSpan> Between(IReadOnlyCollection<Window> windows, DateTimeOffset from, DateTimeOffset to)
    {
        var allowed = Merge(windows.Where(x => x.Effect == WindowEffect.Allow).SelectMany(x => Spans(x, from, to)));
        if (windows.All(x => x.Effect == WindowEffect.Deny))
            allowed = [new(from, to)];
        var denied = Merge(windows.Where(x => x.Effect == WindowEffect.Deny).SelectMany(x => Spans(x, from, to)));
        return [.. allowed.SelectMany(x => Without(x, denied)).Select(x => Clip(x, from, to)).Where(x => x.From < x.To)];
    }

    private static IEnumerable<OpenSpan> Spans(Window window, DateTimeOffset from, DateTimeOffset to)
    {
        var zone = DateTimeZoneProviders.Tzdb[window.Zone];
        var last = DateOnly.FromDateTime(to.UtcDateTime).AddDays(1);
        for (var day = DateOnly.FromDateTime(from.UtcDateTime).AddDays(-DaysBefore); day <= last; day = day.AddDays(1))
        {
            if (!window.BeginsOn(day))
                continue;
            var span = SpanOf(window, zone, day);
            if (span.From < span.To && span.To > from && span.From < to)
                yield return span;
        }
    }

    private static OpenSpan SpanOf(Window window, DateTimeZone zone, DateOnly day)
    {
        var allows = window.Effect == WindowEffect.Allow;
        var lastDay = window.To <= window.From ? day.AddDays(1) : day;
        return new(At(zone, day, window.From, isLater: allows), At(zone, lastDay, window.To, isLater: !allows));
    }

    private static DateTimeOffset At(DateTimeZone zone, DateOnly day, TimeOnly time, bool isLater)
    {
        var local = zone.MapLocal(LocalDate.FromDateOnly(day).At(LocalTime.FromTimeOnly(time)));
        return (local.Count == 0 ? local.EarlyInterval.End : (isLater ? local.Last() : local.First()).ToInstant()).ToDateTimeOffset();
    }

    private static List<OpenSpan> Merge(IEnumerable<OpenSpan> spans)
    {
        List<OpenSpan> merged = [];
        foreach (var span in spans.OrderBy(x => x.From))
        {
            if (merged is [.., var before] && span.From <= before.To)
                merged[^1] = before with { To = span.To > before.To ? span.To : before.To };
            else
                merged.Add(span);
        }

        return merged;
    }

    private static IEnumerable<OpenSpan> Without(OpenSpan span, List<OpenSpan> denied)
    {
        foreach (var gap in denied.Where(x => x.From < span.To && x.To > span.From))
        {
            if (gap.From > span.From)
                yield return span with { To = gap.From };
            span = span with { From = gap.To };
        }

        if (span.From < span.To)
            yield return span;
    }

    private static OpenSpan Clip(OpenSpan span, DateTimeOffset from, DateTimeOffset to) => new(span.From < from ? from : span.From, span.To > to ? to : span.To);
}
