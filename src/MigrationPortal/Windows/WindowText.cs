using System.Globalization;
using Microsoft.Extensions.Localization;
using MigrationPortal.Ui;

namespace MigrationPortal.Windows;

/// <summary>Windows in a few words, as their form calls what they have: "Night (Allow): Sat, Sun 22:00–04:00 Europe/Berlin".</summary>
internal sealed class WindowText(IStringLocalizer<WindowTexts> texts)
{
    public string Sum(IReadOnlyList<Window> windows) => windows.Count == 0 ? texts["Sum.None"].Value : string.Join("; ", windows.Select(Described));

    private string Described(Window window)
    {
        List<string> parts = [$"{Days(window)} {Minute(window.From)}–{Minute(window.To)} {window.Zone}"];
        if (window.ValidFrom is { } first)
            parts.Add(texts["Sum.ValidFrom", Day(first)].Value);
        if (window.ValidTo is { } last)
            parts.Add(texts["Sum.ValidTo", Day(last)].Value);
        return $"{window.Name} ({texts[$"Effect.{window.Effect}"]}): {string.Join(", ", parts)}";
    }

    public string Days(Window window)
    {
        if (window.Dates.Count > 0)
            return string.Join(", ", window.Dates.Select(Day));
        // From Monday on, as the form has them.
        var days = string.Join(", ", window.Weekdays.OrderBy(x => ((int)x + 6) % 7).Select(Reader.Culture.DateTimeFormat.GetAbbreviatedDayName));
        return window.Ordinal is { } ordinal ? texts["Sum.MonthDays", texts[$"Ordinal.{ordinal.ToString(CultureInfo.InvariantCulture)}"].Value, days].Value : days;
    }

    public static string Minute(TimeOnly time) => time.ToString(MinuteJson.Format, CultureInfo.InvariantCulture);

    // As days are typed.
    public static string Day(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}
