using System.Globalization;
using MigrationPortal.Windows;

namespace MigrationPortal.Tests.Windows;

/// <summary>Each minute around days on which clocks change, against a clock that is read minute by minute by the framework's own time zones.</summary>
public sealed class OpenTimesTests
{
    private static readonly (string From, string To)[] _times =
        [("22:00", "06:00"), ("02:30", "03:00"), ("02:00", "03:00"), ("01:15", "02:45"), ("00:30", "23:30"), ("23:45", "00:15"), ("00:00", "00:00"), ("00:00", "02:00"), ("03:00", "02:30")];

    public static TheoryData<string, int> Zones => new()
    {
        { "Europe/Berlin", 2025 }, { "America/New_York", 2025 }, { "Australia/Lord_Howe", 2025 }, { "America/St_Johns", 2025 }, { "Pacific/Auckland", 2024 },
        // Clocks that change at midnight, one that skipped a whole day, one that goes back for a month, and one that never changes.
        { "America/Santiago", 2024 }, { "America/Sao_Paulo", 2017 }, { "Pacific/Apia", 2011 }, { "Africa/Casablanca", 2024 }, { "Asia/Kolkata", 2025 },
    };

    [Theory]
    [MemberData(nameof(Zones))]
    public void Between_EachMinuteAroundFourChanges_IsAsAClockReadMinuteByMinuteSays(string zone, int year)
    {
        var clock = TimeZoneInfo.FindSystemTimeZoneById(zone);
        foreach (var change in Changes(clock, year))
        {
            var wall = new WallClock(clock, change);
            foreach (var (from, to) in _times)
            {
                foreach (var effect in Enum.GetValues<WindowEffect>())
                {
                    var window = new Window { Name = "w", Effect = effect, Weekdays = Enum.GetValues<DayOfWeek>(), From = TimeOnly.Parse(from, CultureInfo.InvariantCulture), To = TimeOnly.Parse(to, CultureInfo.InvariantCulture), Zone = zone };
                    var open = OpenTimes.Between([window], change.AddHours(-36), change.AddHours(36));
                    var naive = wall.Spans(window);
                    for (var at = change.AddHours(-36); at < change.AddHours(36); at = at.AddMinutes(1))
                        Assert.Equal((zone, from, to, at, Contains(naive, at) == (effect == WindowEffect.Allow)), (zone, from, to, at, Contains(open, at)));
                }
            }
        }
    }

    [Fact]
    public void Between_DoubleHour_AllowsLessAndDeniesMore()
    {
        // 25 October 2026 in Berlin: 02:00 to 03:00 twice, 00:00 to 02:00 UTC.
        var day = new DateTimeOffset(2026, 10, 25, 0, 0, 0, TimeSpan.Zero);
        var window = Daily("02:15", "02:45") with { Dates = [new(2026, 10, 25)], Weekdays = [] };
        Assert.Empty(OpenTimes.Between([window], day.AddHours(-6), day.AddHours(6)));
        var denied = OpenTimes.Between([window with { Effect = WindowEffect.Deny }], day.AddHours(-1), day.AddHours(3));
        Assert.Equal([new(day.AddHours(-1), day.AddMinutes(15)), new(day.AddMinutes(105), day.AddHours(3))], denied);
    }

    [Fact]
    public void Between_SpringNight_EndsOnTheWallClockNotAfterEightHours()
    {
        // 28 March 2026 22:00 to 29 March 06:00 in Berlin is seven hours.
        var begin = new DateTimeOffset(2026, 3, 28, 21, 0, 0, TimeSpan.Zero);
        var open = OpenTimes.Between([Daily("22:00", "06:00") with { Dates = [new(2026, 3, 28)], Weekdays = [] }], begin.AddDays(-1), begin.AddDays(1));
        Assert.Equal([new OpenSpan(begin, begin.AddHours(7))], open);
    }

    [Fact]
    public void Between_DenyAndAllow_DenyWinsAndNoAllowIsAlways()
    {
        var from = new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
        var noon = Daily("12:00", "13:00") with { Zone = "Etc/UTC", Effect = WindowEffect.Deny };
        Assert.Equal([new(from, from.AddHours(24))], OpenTimes.Between([], from, from.AddDays(1)));
        Assert.Equal([new(from, from.AddHours(12)), new(from.AddHours(13), from.AddHours(24))], OpenTimes.Between([noon], from, from.AddDays(1)));
        var allow = Daily("10:00", "14:00") with { Zone = "Etc/UTC" };
        Assert.Equal([new(from.AddHours(10), from.AddHours(12)), new(from.AddHours(13), from.AddHours(14))], OpenTimes.Between([noon, allow], from, from.AddDays(1)));
        Assert.Empty(OpenTimes.Between([allow with { ValidTo = new(2026, 5, 1) }], from, from.AddDays(1)));
    }

    [Theory]
    [InlineData(1, "2026-06-02")]
    [InlineData(4, "2026-06-23")]
    [InlineData(-1, "2026-06-30")]
    public void BeginsOn_OrdinalOfTuesday_IsThatDayAlone(int ordinal, string day)
    {
        var window = new Window { Weekdays = [DayOfWeek.Tuesday], Ordinal = ordinal };
        Assert.Equal([DateOnly.Parse(day, CultureInfo.InvariantCulture)], Enumerable.Range(1, 30).Select(x => new DateOnly(2026, 6, x)).Where(window.BeginsOn));
    }

    [Fact]
    public void FindNext_ClosedNow_IsTheNextOneWithItsEndOrNone()
    {
        var monday = new DateTimeOffset(2026, 6, 1, 8, 0, 0, TimeSpan.Zero);
        var night = new PairWindows([Daily("22:00", "23:00") with { Zone = "Etc/UTC" }], WindowEnd.PauseNow);
        Assert.Equal(new NextSpan(monday.AddHours(14), monday.AddHours(15)), night.FindNext(monday));
        Assert.Equal(monday.AddHours(-9), night.FindLastEnd(monday));
        var far = new PairWindows([Daily("22:00", "23:00") with { Zone = "Etc/UTC", Weekdays = [], Dates = [new(2027, 1, 1)] }], WindowEnd.PauseNow);
        Assert.Equal(new DateTimeOffset(2027, 1, 1, 22, 0, 0, TimeSpan.Zero), far.FindNext(monday)?.From);
        Assert.Null(new PairWindows([far.Windows[0] with { Dates = [new(2020, 1, 1)] }], WindowEnd.PauseNow).FindNext(monday));
        Assert.Equal(new NextSpan(monday, null), PairWindows.None.FindNext(monday));
        var always = new PairWindows([Daily("00:00", "00:00") with { Zone = "Etc/UTC" }], WindowEnd.PauseNow);
        Assert.Equal(new NextSpan(monday, null), always.FindNext(monday));
    }

    private static Window Daily(string from, string to) => new() { Name = "w", Weekdays = Enum.GetValues<DayOfWeek>(), From = TimeOnly.Parse(from, CultureInfo.InvariantCulture), To = TimeOnly.Parse(to, CultureInfo.InvariantCulture), Zone = "Europe/Berlin" };

    private static bool Contains(IEnumerable<OpenSpan> spans, DateTimeOffset at) => spans.Any(x => x.From <= at && at < x.To);

    /// <summary>The first four of two years; days without a change where there are none.</summary>
    private static List<DateTimeOffset> Changes(TimeZoneInfo zone, int year)
    {
        var first = new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var hours = Enumerable.Range(0, 2 * 365 * 24).Select(x => first.AddHours(x));
        var changes = hours.Where(x => zone.GetUtcOffset(x) != zone.GetUtcOffset(x.AddHours(1))).Take(4).ToList();
        return changes.Count > 0 ? changes : [first.AddDays(60), first.AddDays(90), first.AddDays(298), first.AddDays(305)];
    }

    /// <summary>What a clock on the wall shows in each minute of ten days.</summary>
    private sealed class WallClock
    {
        private readonly List<(DateTimeOffset At, DateTime Shown)> _minutes;
        private readonly ILookup<DateTime, DateTimeOffset> _shown;

        public WallClock(TimeZoneInfo zone, DateTimeOffset around)
        {
            _minutes = [.. Enumerable.Range(-5 * 1440, 10 * 1440).Select(x => around.AddMinutes(x)).Select(x => (x, (x + zone.GetUtcOffset(x)).DateTime))];
            _shown = _minutes.ToLookup(x => x.Shown, x => x.At);
        }

        public List<OpenSpan> Spans(Window window) =>
            [.. Enumerable.Range(1, 8).Select(x => DateOnly.FromDateTime(_minutes[0].Shown).AddDays(x)).Select(day => Span(window, day)).Where(x => x.From < x.To)];

        private OpenSpan Span(Window window, DateOnly day)
        {
            var (begins, ends) = (Times(day.ToDateTime(window.From)), Times((window.To <= window.From ? day.AddDays(1) : day).ToDateTime(window.To)));
            return window.Effect == WindowEffect.Allow ? new(begins.Max(), ends.Min()) : new(begins.Min(), ends.Max());
        }

        private List<DateTimeOffset> Times(DateTime wall) => _shown[wall].ToList() is { Count: > 0 } shown ? shown : [_minutes.Find(x => x.Shown > wall).At];
    }
}
