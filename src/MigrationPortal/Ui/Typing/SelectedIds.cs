using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace MigrationPortal.Ui.Typing;

/// <summary>
/// Ids that are selected, as a short text: in order, each by its distance to the one before, and <c>+n</c> for n more in a row. 5, 6, 7
/// and 9 are <c>5+2,2</c>, so that all rooms of a pool are a few characters. A longer text is compressed: any selection of 33 077 rooms, the
/// most that Persistent Chat is planned for, is kept.
/// </summary>
internal static class SelectedIds
{
    // A message of a browser to its circuit has 32 KB at most.
    private const int MostCharacters = 30_000;

    // Of a text before it is compressed, and so of one that a browser may have this process expand.
    private const int MostExpanded = 400_000;

    private const char Compressed = '~';

    // Far more than any pool has; a text that says more is none of ours.
    private const int Most = 200_000;

    /// <returns>Empty where nothing is selected, or more than the browser keeps.</returns>
    public static string Write(IEnumerable<long> ids)
    {
        var text = new StringBuilder();
        var (last, more) = (0L, 0);
        foreach (var id in ids.Order())
        {
            if (text.Length > 0 && id == last + 1)
            {
                (last, more) = (id, more + 1);
                continue;
            }

            End(text, more);
            text.Append(text.Length > 0 ? "," : "").Append(CultureInfo.InvariantCulture, $"{id - last}");
            (last, more) = (id, 0);
        }

        End(text, more);
        return text.Length > MostCharacters ? Compress(text.ToString()) : text.ToString();
    }

    /// <returns>Nothing where it is no such text.</returns>
    public static IReadOnlyList<long> Read(string? text)
    {
        var ids = new List<long>();
        var last = 0L;
        foreach (var part in Expand(text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var numbers = part.Split('+');
            if (!long.TryParse(numbers[0], NumberStyles.None, CultureInfo.InvariantCulture, out var step) || !int.TryParse(numbers.ElementAtOrDefault(1) ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var more) || more >= Most - ids.Count)
                return [];
            for (var i = 0; i <= more; i++)
                ids.Add(last += i == 0 ? step : 1);
        }

        return ids;
    }

    private static string Compress(string text)
    {
        var bytes = new byte[MostCharacters];
        if (text.Length > MostExpanded || !BrotliEncoder.TryCompress(Encoding.ASCII.GetBytes(text), bytes, out var written, quality: 5, window: 22))
            return "";
        var kept = Convert.ToBase64String(bytes, 0, written);
        return kept.Length < MostCharacters ? Compressed + kept : "";
    }

    private static string Expand(string text)
    {
        if (!text.StartsWith(Compressed))
            return text;
        var (kept, expanded) = (new byte[text.Length], new byte[MostExpanded]);
        return Convert.TryFromBase64String(text[1..], kept, out var length) && BrotliDecoder.TryDecompress(kept.AsSpan(0, length), expanded, out var written)
            ? Encoding.ASCII.GetString(expanded, 0, written)
            : "";
    }

    private static void End(StringBuilder text, int more)
    {
        if (more > 0)
            text.Append(CultureInfo.InvariantCulture, $"+{more}");
    }
}
