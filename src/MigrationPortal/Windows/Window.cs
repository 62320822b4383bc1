using System.Text.Json.Serialization;

namespace MigrationPortal.Windows;

[JsonConverter(typeof(JsonStringEnumConverter<WindowEffect>))]
public enum WindowEffect
{
    /// <summary>The new pool may be written then; where there is one of these, at no other time.</summary>
    Allow,
    /// <summary>Nothing is written then, whatever allows it.</summary>
    Deny,
}

/// <summary>What becomes of a run when the time in which it may write ends.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WindowEnd>))]
public enum WindowEnd
{
    /// <summary>No further room begins; those that are being copied have <see cref="OpenTimes.Finishing"/> to finish.</summary>
    FinishRooms,
    PauseNow,
}

/// <summary>A time of day on some days, on the wall clock of one time zone.</summary>
public sealed record Window
{
    public string Name { get; init; } = "";

    public WindowEffect Effect { get; init; }

    /// <summary>On which it begins; empty where <see cref="Dates"/> say so.</summary>
    public IReadOnlyList<DayOfWeek> Weekdays { get; init; } = [];

    /// <summary>Only the first to fourth of these weekdays in a month, or with -1 the last; null takes each.</summary>
    public int? Ordinal { get; init; }

    public IReadOnlyList<DateOnly> Dates { get; init; } = [];

    [JsonConverter(typeof(MinuteJson))]
    public TimeOnly From { get; init; }

    /// <summary>Not part of it. At or before <see cref="From"/> it is on the next day.</summary>
    [JsonConverter(typeof(MinuteJson))]
    public TimeOnly To { get; init; }

    /// <summary>IANA name.</summary>
    public string Zone { get; init; } = "";

    /// <summary>First day on which it begins; null has no such day.</summary>
    public DateOnly? ValidFrom { get; init; }

    /// <summary>Last day on which it begins.</summary>
    public DateOnly? ValidTo { get; init; }

    public bool BeginsOn(DateOnly day) => !(day < ValidFrom) && !(day > ValidTo) && (Dates.Count > 0 ? Dates.Contains(day) : Weekdays.Contains(day.DayOfWeek) && IsOrdinal(day));

    private bool IsOrdinal(DateOnly day) => Ordinal switch
    {
        null => true,
        -1 => day.AddDays(7).Month != day.Month,
        var ordinal => (day.Day + 6) / 7 == ordinal,
    };
}
