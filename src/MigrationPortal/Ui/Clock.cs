using System.Globalization;

namespace MigrationPortal.Ui;

/// <summary>The person's time zone, cascaded by the frame. The browser names it in a cookie; until then it is UTC.</summary>
public sealed record Clock(TimeZoneInfo Zone)
{
    public static Clock Utc { get; } = new(TimeZoneInfo.Utc);

    public static Clock Of(string? zoneId) =>
        zoneId is { Length: > 0 and < 80 } && TimeZoneInfo.TryFindSystemTimeZoneById(zoneId, out var zone) ? new Clock(zone) : Utc;

    public string Name => Zone.Id;

    public string DateTime(DateTimeOffset at) => Local(at).ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture);

    public string Date(DateTimeOffset at) => Local(at).ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    public string Time(DateTimeOffset at) => Local(at).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>"19 Nov" in the current year, "Nov 2009" otherwise: for narrow columns.</summary>
    public string Day(DateTimeOffset at, DateTimeOffset now) =>
        Local(at).ToString(Local(at).Year == Local(now).Year ? "d MMM" : "MMM yyyy", CultureInfo.InvariantCulture);

    public static string UtcTitle(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);
}

public enum WhenFormat
{
    DateTime,
    Date,
    Time,
    Day,
}
