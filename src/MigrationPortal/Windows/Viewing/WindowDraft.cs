using System.Globalization;
using System.Text.Json.Serialization;

namespace MigrationPortal.Windows.Viewing;

/// <summary>The windows of one scope while somebody writes them: texts as typed, read when they are used.</summary>
public sealed class WindowsDraft
{
    public WindowEnd AtEnd { get; set; }

    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public List<WindowDraft> Items { get; } = [];

    public static WindowsDraft Of(IReadOnlyList<Window> windows, WindowEnd atEnd)
    {
        var draft = new WindowsDraft { AtEnd = atEnd };
        draft.Items.AddRange(windows.Select(WindowDraft.Of));
        return draft;
    }

    public IReadOnlyList<Window> Read() => [.. Items.Select(x => x.Read())];
}

public enum WindowDays
{
    Weekdays,
    /// <summary>The n-th or last weekday of a month.</summary>
    MonthDays,
    Dates,
}

public sealed class WindowDraft
{
    public string Name { get; set; } = "";

    public WindowEffect Effect { get; set; }

    public WindowDays Days { get; set; }

    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public HashSet<DayOfWeek> Weekdays { get; } = [];

    public int Ordinal { get; set; } = 1;

    /// <summary>One after the other, apart by commas or spaces.</summary>
    public string Dates { get; set; } = "";

    public string From { get; set; } = "22:00";

    public string To { get; set; } = "06:00";

    public string Zone { get; set; } = "";

    public string ValidFrom { get; set; } = "";

    public string ValidTo { get; set; } = "";

    public static WindowDraft Of(Window window)
    {
        var draft = new WindowDraft
        {
            Name = window.Name,
            Effect = window.Effect,
            Days = window.Dates.Count > 0 ? WindowDays.Dates : window.Ordinal is null ? WindowDays.Weekdays : WindowDays.MonthDays,
            Ordinal = window.Ordinal ?? 1,
            Dates = string.Join(", ", window.Dates.Select(x => x.ToString("O", CultureInfo.InvariantCulture))),
            From = Write(window.From),
            To = Write(window.To),
            Zone = window.Zone,
            ValidFrom = Write(window.ValidFrom),
            ValidTo = Write(window.ValidTo),
        };
        draft.Weekdays.UnionWith(window.Weekdays);
        return draft;
    }

    /// <summary>Null where every text is what it should be; else the key of what is wrong.</summary>
    public string? FindProblem() =>
        ReadTime(From) is null || ReadTime(To) is null ? "Problem.Time"
        : Days == WindowDays.Dates && DateTexts.Any(x => ReadDay(x) is null) ? "Problem.Dates"
        : (ValidFrom.Length > 0 && ReadDay(ValidFrom) is null) || (ValidTo.Length > 0 && ReadDay(ValidTo) is null) ? "Problem.Valid"
        : null;

    public Window Read() => new()
    {
        Name = Name,
        Effect = Effect,
        Weekdays = Days == WindowDays.Dates ? [] : [.. Weekdays.Order()],
        Ordinal = Days == WindowDays.MonthDays ? Ordinal : null,
        Dates = Days == WindowDays.Dates ? [.. DateTexts.Select(ReadDay).OfType<DateOnly>().Distinct().Order()] : [],
        From = ReadTime(From) ?? default,
        To = ReadTime(To) ?? default,
        Zone = Zone.Trim(),
        ValidFrom = ReadDay(ValidFrom),
        ValidTo = ReadDay(ValidTo),
    };

    private string[] DateTexts => Dates.Split([',', ';', ' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries);

    public static TimeOnly? ReadTime(string text) => TimeOnly.TryParseExact(text.Trim(), MinuteJson.Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    public static string Write(TimeOnly? time) => time?.ToString(MinuteJson.Format, CultureInfo.InvariantCulture) ?? "";

    public static string Write(DateOnly? day) => day?.ToString("O", CultureInfo.InvariantCulture) ?? "";

    public static DateOnly? ReadDay(string text) => DateOnly.TryParseExact(text.Trim(), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
