using System.Buffers;

namespace MigrationPortal.Lists;

/// <summary>
/// A text that a spreadsheet would compute gets an apostrophe in front, so that a room called <c>=HYPERLINK(…)</c> stays a name. A text that
/// has one already gets another, so that reading gives back exactly what was written. The characters are those of OWASP's page about CSV injection.
/// </summary>
internal static class GuardedText
{
    private const char Guard = '\'';

    private static readonly SearchValues<char> Starts = SearchValues.Create("=+-@\t\r\n＝＋－＠");

    public static string Write(string text) => IsComputed(text.AsSpan().TrimStart(Guard)) ? Guard + text : text;

    public static string Read(string text) => text is [Guard, ..] && IsComputed(text.AsSpan().TrimStart(Guard)) ? text[1..] : text;

    private static bool IsComputed(ReadOnlySpan<char> text) => text is [var first, ..] && Starts.Contains(first);
}
