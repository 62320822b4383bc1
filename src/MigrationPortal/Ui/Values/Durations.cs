using System.Globalization;

namespace MigrationPortal.Ui.Values;

/// <summary>Lengths of time with the signs of the international system, which every language writes alike.</summary>
internal static class Durations
{
    public static string Text(TimeSpan span) => span switch
    {
        { TotalSeconds: < 90 } => $"{Whole(span.TotalSeconds)}\u00a0s",
        { TotalMinutes: < 90 } => $"{Whole(span.TotalMinutes)}\u00a0min",
        { TotalHours: < 48 } => $"{(int)span.TotalHours}\u00a0h\u00a0{span.Minutes}\u00a0min",
        _ => $"{(int)span.TotalDays}\u00a0d\u00a0{span.Hours}\u00a0h",
    };

    /// <summary>An estimate, in minutes: "7 – 12 min", or "&lt; 3 min" for a column. Its ends are rounded away from each other.</summary>
    public static string Range(TimeSpan earliest, TimeSpan latest)
    {
        if (Below(earliest, latest) is { } most)
            return $"<\u00a0{most}";
        var (from, to) = ((long)Math.Floor(earliest.TotalMinutes), (long)Math.Ceiling(latest.TotalMinutes));
        if (to >= 90)
            return $"{Text(TimeSpan.FromMinutes(from))} – {Text(TimeSpan.FromMinutes(to))}";
        return from == to ? $"{Numbers.Group(to)}\u00a0min" : $"{Numbers.Group(from)} – {Numbers.Group(to)}\u00a0min";
    }

    /// <summary>The end of an estimate that begins below a minute, for a sentence that says "less than"; null for any other estimate.</summary>
    public static string? Below(TimeSpan earliest, TimeSpan latest)
    {
        var most = Math.Max(1, (long)Math.Ceiling(latest.TotalMinutes));
        return earliest >= TimeSpan.FromMinutes(1) ? null : most >= 90 ? Text(TimeSpan.FromMinutes(most)) : $"{Numbers.Group(most)}\u00a0min";
    }

    private static string Whole(double value) => Math.Ceiling(value).ToString("0", CultureInfo.InvariantCulture);
}
