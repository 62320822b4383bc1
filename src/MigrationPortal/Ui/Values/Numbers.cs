using System.Globalization;

namespace MigrationPortal.Ui.Values;

/// <summary>
/// Numbers as people read them: grouped by a space that never breaks, which English, German and Spanish readers all take for what it is,
/// with the decimal sign of the reader's language.
/// </summary>
internal static class Numbers
{
    private static readonly NumberFormatInfo Grouped = new() { NumberGroupSeparator = "\u00a0", NumberDecimalDigits = 0 };

    public static string Group(long value) => value.ToString("N0", Grouped);

    public static string Bytes(long value) => value switch
    {
        < 1_000 => $"{value}\u00a0B",
        < 1_000_000 => string.Create(Reader.Culture, $"{value / 1e3:0.#}\u00a0kB"),
        < 1_000_000_000 => string.Create(Reader.Culture, $"{value / 1e6:0.#}\u00a0MB"),
        _ => string.Create(Reader.Culture, $"{value / 1e9:0.#}\u00a0GB"),
    };

    /// <summary>"1 room", "2 rooms", in English only: texts that are translated use <see cref="Plurals"/>.</summary>
    public static string Count(long value, string one, string? many = null) => $"{Group(value)} {(value == 1 ? one : many ?? one + "s")}";
}
