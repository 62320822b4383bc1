using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MigrationPortal.Engine.Sql;

/// <summary>
/// nvarchar holds any UTF-16 unit; PostgreSQL's text, JSON and HTML hold neither U+0000 nor half a surrogate pair. Names, descriptions,
/// addresses and paths are kept with such a unit written out, <c>Party ⟦U+D83D⟧</c>: people see it, and
/// <see cref="Raw"/> gives back every unit. Text that looks like that by itself has its bracket written out the same way.
/// </summary>
public static partial class VisibleText
{
    private const string Open = "⟦U+";

    /// <summary>The text with every unit that PostgreSQL cannot hold written out.</summary>
    public static string Of(string raw) => IsPlain(raw) && !raw.Contains(Open, StringComparison.Ordinal) ? raw : Write(raw, writesBracket: true);

    /// <summary>The units that were read, from <see cref="Of"/>'s text.</summary>
    public static string Raw(string visible) => visible.Contains(Open, StringComparison.Ordinal)
        ? Unit().Replace(visible, x => ((char)int.Parse(x.Groups["unit"].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString())
        : visible;

    /// <summary>Text for a place that holds neither U+0000 nor half a surrogate pair, whoever made it; visible text is not changed.</summary>
    public static string Storable(string text) => IsPlain(text) ? text : Write(text, writesBracket: false);

    /// <summary>Whether PostgreSQL can hold the units of a visible text.</summary>
    public static bool FitsPostgreSql(string visible) => IsPlain(Raw(visible));

    private static bool IsPlain(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0') return false;
            if (!char.IsSurrogate(text[i])) continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1])) return false;
            i++;
        }
        return true;
    }

    private static string Write(string raw, bool writesBracket)
    {
        var text = new StringBuilder(raw.Length + 16);
        for (var i = 0; i < raw.Length; i++)
        {
            var isPair = char.IsHighSurrogate(raw[i]) && i + 1 < raw.Length && char.IsLowSurrogate(raw[i + 1]);
            var isBracket = writesBracket && raw.AsSpan(i).StartsWith(Open, StringComparison.Ordinal);
            if (isPair) text.Append(raw[i]).Append(raw[++i]);
            else if (isBracket || raw[i] == '\0' || char.IsSurrogate(raw[i])) text.Append(CultureInfo.InvariantCulture, $"{Open}{(int)raw[i]:X4}⟧");
            else text.Append(raw[i]);
        }
        return text.ToString();
    }

    [GeneratedRegex("⟦U\\+(?<unit>[0-9A-F]{4})⟧", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unit();
}
