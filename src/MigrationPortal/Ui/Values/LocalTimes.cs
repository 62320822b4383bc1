using System.Globalization;

namespace MigrationPortal.Ui.Values;

/// <summary>Times as a browser's field for day and time has them, on the reader's wall clock: <c>2026-11-28T22:00</c>.</summary>
internal static class LocalTimes
{
    private const string Format = "yyyy-MM-dd'T'HH:mm";

    // Blazor adds seconds to what such a field says when it changes.
    private static readonly string[] _formats = [Format, "yyyy-MM-dd'T'HH:mm:ss"];

    /// <summary>Of a time that the clock shows twice, the second. Null for a time that it skips, and for what is no time.</summary>
    public static DateTimeOffset? Read(string text, TimeZoneInfo zone)
    {
        if (!DateTime.TryParseExact(text.Trim(), _formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) || local.Year is < 2000 or > 2200 || zone.IsInvalidTime(local))
            return null;
        return new DateTimeOffset(local, zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Min() : zone.GetUtcOffset(local)).ToUniversalTime();
    }

    public static string Write(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString(Format, CultureInfo.InvariantCulture);
}
