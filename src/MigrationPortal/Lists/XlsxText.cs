using System.Globalization;
using System.Text;

namespace MigrationPortal.Lists;

/// <summary>
/// A text inside a workbook, where XML allows neither most control characters nor half a surrogate pair: each stands as <c>_x0000_</c>
/// (ST_Xstring, ECMA-376 part 1, 22.9.2.19), and what looks like one of these gets its underscore written so.
/// </summary>
internal static class XlsxText
{
    /// <summary>A cell holds no more, in characters of UTF-16.</summary>
    private const int Most = 32_767;

    public static string Write(string text)
    {
        var written = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                written.Append(text[i]).Append(text[++i]);
            else if (IsForbidden(text[i]) || IsEscape(text.AsSpan(i)))
                written.Append(CultureInfo.InvariantCulture, $"_x{(int)text[i]:X4}_");
            else
                written.Append(text[i]);
            // Cut before the cell is too long for Excel, which would call the whole file damaged.
            if (written.Length > Most - "_x0000__x0000_…".Length)
                return i + 1 < text.Length ? written.Append('…').ToString() : written.ToString();
        }

        return written.ToString();
    }

    // A carriage return would become a line feed when it is read.
    private static bool IsForbidden(char sign) => sign is < ' ' and not ('\t' or '\n') || sign is '\uFFFE' or '\uFFFF' || char.IsSurrogate(sign);

    private static bool IsEscape(ReadOnlySpan<char> text) =>
        text.Length >= 7 && text[0] == '_' && text[1] == 'x' && text[6] == '_' && char.IsAsciiHexDigit(text[2]) && char.IsAsciiHexDigit(text[3]) && char.IsAsciiHexDigit(text[4]) && char.IsAsciiHexDigit(text[5]);
}
