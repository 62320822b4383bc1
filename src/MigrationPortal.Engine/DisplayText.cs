using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace MigrationPortal.Engine;

/// <summary>
/// Names as people may read them. A name can hold characters that nobody sees, that end the line, or that turn the text after them
/// (trap C12): here each is shown by its number, <c>[U+202E]</c>, and a name that runs from right to left keeps its direction to itself.
/// </summary>
public static class DisplayText
{
    private const char Isolate = '\u2068';
    private const char EndOfIsolate = '\u2069';

    /// <summary>Whether anything of it can be seen: blanks, control and format characters alone cannot.</summary>
    public static bool HasVisible(string text) => Characters(text).Any(c => !c.IsHidden && !IsBlank(c));

    /// <summary>Whether it turns or breaks the text around it: U+202A–202E, U+2066–2069, or the end of a line.</summary>
    public static bool Misleads(string text) => text.Any(c => c is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' or '\n' or '\r' or '\v' or '\f' or '\u0085' or '\u2028' or '\u2029');

    /// <summary>With every character that cannot be seen shown by its number; all of them where none can be seen.</summary>
    public static string Visible(string text)
    {
        var all = !HasVisible(text);
        if (IsPlain(text) && !all)
            return text;
        var shown = new StringBuilder(text.Length + 16);
        foreach (var c in Characters(text))
            Append(shown, text, c, c.IsHidden || all);
        return shown.ToString();
    }

    /// <summary>
    /// For the middle of a plain sentence: visible, and isolated by U+2068 and U+2069 where it has letters that run from right to left.
    /// What is isolated already stays as it is. Null where there is none.
    /// </summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? InSentence(string? text)
    {
        if (text is null)
            return null;
        if (IsPlain(text) && HasVisible(text))
            return text;
        var shown = new StringBuilder(text.Length + 16);
        var turns = Write(shown, text, all: !HasVisible(text));
        return turns ? $"{Isolate}{shown}{EndOfIsolate}" : shown.ToString();
    }

    /// <summary>A whole sentence, made safe wherever its names came from: what they hide is shown, isolates stay.</summary>
    public static string Sentence(string text)
    {
        if (IsPlain(text))
            return text;
        var shown = new StringBuilder(text.Length + 16);
        Write(shown, text, all: false);
        return shown.ToString();
    }

    // Whether something outside every isolate runs from right to left.
    private static bool Write(StringBuilder shown, string text, bool all)
    {
        var (ends, until, turns) = (EndsOfIsolates(text), -1, false);
        foreach (var c in Characters(text))
        {
            if (c.At > until && ends.TryGetValue(c.At, out var end))
                until = end;
            var isBound = ends.ContainsKey(c.At) || ends.ContainsValue(c.At);
            turns |= c.At > until && IsRightToLeft(c.Value);
            Append(shown, text, c, !isBound && (c.IsHidden || all));
        }

        return turns;
    }

    private static Dictionary<int, int> EndsOfIsolates(string text)
    {
        var ends = new Dictionary<int, int>();
        var open = new Stack<int>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == Isolate)
                open.Push(i);
            else if (text[i] == EndOfIsolate && open.TryPop(out var start))
                ends[start] = i;
        }

        return ends;
    }

    private static void Append(StringBuilder shown, string text, Character c, bool byNumber)
    {
        if (byNumber)
            shown.Append(CultureInfo.InvariantCulture, $"[U+{c.Value:X4}]");
        else
            shown.Append(text, c.At, c.Length);
    }

    private static bool IsPlain(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    private static bool IsBlank(Character c) => c.Category == UnicodeCategory.SpaceSeparator || c.Value == 0x2800;

    private static bool IsRightToLeft(int c) => c is >= 0x0590 and <= 0x08FF or >= 0xFB1D and <= 0xFDFF or >= 0xFE70 and <= 0xFEFC or >= 0x10800 and <= 0x10FFF or >= 0x1E800 and <= 0x1EFFF;

    private static IEnumerable<Character> Characters(string text)
    {
        var isFlag = text.Contains("\uD83C\uDFF4", StringComparison.Ordinal);
        for (var i = 0; i < text.Length;)
        {
            var isWhole = Rune.TryGetRuneAt(text, i, out var rune);
            var category = isWhole ? Rune.GetUnicodeCategory(rune) : UnicodeCategory.Surrogate;
            var value = isWhole ? rune.Value : text[i];
            var length = isWhole ? rune.Utf16SequenceLength : 1;
            // Joiners hold families and some scripts together, tags make flags of a black one; U+115F … are letters without a shape.
            var isPart = (value is 0x200C or 0x200D && i > 0 && i + 1 < text.Length && text[i - 1] > '\u02FF' && text[i + 1] > '\u02FF') || (isFlag && value is >= 0xE0020 and <= 0xE007F);
            var isHidden = !isPart && (value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x034F
                || category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate);
            yield return new Character(i, length, value, category, isHidden);
            i += length;
        }
    }

    private readonly record struct Character(int At, int Length, int Value, UnicodeCategory Category, bool IsHidden);
}
