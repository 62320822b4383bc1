using System.Globalization;

namespace MigrationPortal.Ui;

/// <summary>Numbers as people read them: grouped by a thin space that never breaks, whatever the server's own culture.</summary>
internal static class Numbers
{
    private static readonly NumberFormatInfo Grouped = new() { NumberGroupSeparator = "\u202f", NumberDecimalDigits = 0 };

    public static string Group(long value) => value.ToString("N0", Grouped);

    public static string Bytes(long value) => value switch
    {
        < 1_000 => $"{value} B",
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e3:0.#} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e6:0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value / 1e9:0.#} GB"),
    };

    /// <summary>"1 room", "2 rooms": English only, like the rest of the texts so far.</summary>
    public static string Count(long value, string one, string? many = null) => $"{Group(value)} {(value == 1 ? one : many ?? one + "s")}";
}
