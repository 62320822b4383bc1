using System.Globalization;

namespace MigrationPortal.Ui.Values;

/// <summary>The person's time zone, cascaded by the frame. The browser names it in a cookie; until then it is UTC.</summary>
public sealed record Clock(TimeZoneInfo Zone)
{
    public static Clock Utc { get; } = new(TimeZoneInfo.Utc);

    public static Clock Of(string? zoneId) =>
        zoneId is { Length: > 0 and < 80 } && TimeZoneInfo.TryFindSystemTimeZoneById(zoneId, out var zone) ? new Clock(zone) : Utc;

    public string Name => Zone.Id;

    public string DateTime(DateTimeOffset at) => Text(at, $"{DayMonth} yyyy HH:mm");

    public string Date(DateTimeOffset at) => Text(at, $"{DayMonth} yyyy");

    public string Time(DateTimeOffset at) => Text(at, "HH:mm:ss");

    /// <summary>"20:57": where seconds would claim more than is known.</summary>
    public string Minute(DateTimeOffset at) => Text(at, "HH:mm");

    /// <summary>"19 Nov" in the current year, "Nov 2009" otherwise: for narrow columns.</summary>
    public string Day(DateTimeOffset at, DateTimeOffset now) => Text(at, Local(at).Year == Local(now).Year ? DayMonth : "MMM yyyy");

    public static string UtcTitle(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    // Months in the reader's language; German puts a dot behind the day.
    private static string DayMonth => Reader.Culture.TwoLetterISOLanguageName == "de" ? "d. MMM" : "d MMM";

    private string Text(DateTimeOffset at, string format) => Local(at).ToString(format, Reader.Culture);

    private DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);
}

public enum WhenFormat
{
    DateTime,
    Date,
    Time,
    Day,
    Minute,
}
