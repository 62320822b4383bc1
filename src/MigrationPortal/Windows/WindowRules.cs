using MigrationPortal.Engine;
using NodaTime;

namespace MigrationPortal.Windows;

/// <summary>Whether windows mean something; the refusal names the window and what to change.</summary>
internal static class WindowRules
{
    public const int MaxWindows = 50;

    public const int MaxDates = 200;

    public const int MaxName = 60;

    public static Refusal? Check(IReadOnlyList<Window> windows)
    {
        if (windows.Count > MaxWindows)
            return new("windows-invalid.many", RefusalKind.Invalid, MaxWindows);
        foreach (var (at, window) in windows.Index())
        {
            if (Check(window, at + 1) is { } refusal)
                return refusal;
        }

        return null;
    }

    private static Refusal? Check(Window window, int number)
    {
        Refusal Wrong(string what, params ReadOnlySpan<object?> more) => new($"windows-invalid.{what}", RefusalKind.Invalid, [number, .. more]);
        if (window.Name.Trim().Length is 0 or > MaxName || window.Name.Any(char.IsControl))
            return Wrong("name", MaxName);
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(window.Zone) is null)
            return Wrong("zone", window.Zone);
        if (window.Dates.Count > MaxDates)
            return Wrong("dates", MaxDates);
        if (window.Weekdays.Count > 0 == window.Dates.Count > 0)
            return Wrong("days");
        if (window.Ordinal is not (null or -1 or (>= 1 and <= 4)) || (window.Ordinal is not null && window.Weekdays.Count == 0))
            return Wrong("ordinal");
        return window.ValidFrom > window.ValidTo ? Wrong("valid") : null;
    }
}
