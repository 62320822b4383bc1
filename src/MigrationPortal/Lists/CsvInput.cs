using CsvHelper;
using MigrationPortal.Engine;

namespace MigrationPortal.Lists;

/// <summary>One row of a CSV file: the value of each column that was asked for, null where the row or the file has none.</summary>
internal sealed record CsvInputRow(long Line, string?[] Values);

/// <summary>Reads a CSV file whose first row names the columns. Other columns are ignored, so that a list that was downloaded can be used as it is.</summary>
internal static class CsvInput
{
    /// <summary>A download of 33 077 rooms with all columns has about 10 MB.</summary>
    public const int MostMegabytes = 16;
    public const int MostBytes = MostMegabytes * 1024 * 1024;

    /// <summary>More than a pool has rooms.</summary>
    public const int MostRows = 50_000;

    // Occurs in no file: the separator of one that has one column, whose values may hold any of the usual ones.
    private const char None = '\u001f';
    private const string Hint = "sep=";

    private static readonly char[] Separators = [';', ',', '\t'];

    /// <param name="columnOf">Which of the columns a title means; null for one that is not needed.</param>
    public static Outcome<IReadOnlyList<CsvInputRow>> Read(ReadOnlySpan<byte> bytes, int columns, Func<string, int?> columnOf)
    {
        if (bytes.Length > MostBytes)
            return new Refusal("csv-too-large", RefusalKind.Invalid, MostMegabytes);
        var decoded = CsvText.Decode(bytes);
        if (!decoded.IsDone)
            return decoded.Refusal;
        var text = decoded.Value;
        var skipped = 0;
        // Excel's own line about the separator.
        char? hinted = null;
        if (text.StartsWith(Hint, StringComparison.OrdinalIgnoreCase) && text.Length > Hint.Length)
        {
            hinted = text[Hint.Length];
            (text, skipped) = (text[Math.Min(text.Length, Math.Max(text.IndexOf('\n', StringComparison.Ordinal), Hint.Length) + 1)..], 1);
        }

        var separator = hinted is { } given && Separators.Contains(given) ? given : SeparatorOf(text, columnOf);
        return separator is null ? new Refusal("csv-columns") : Read(text, separator.Value, columns, columnOf, skipped);
    }

    private static Outcome<IReadOnlyList<CsvInputRow>> Read(string text, char separator, int columns, Func<string, int?> columnOf, int skipped)
    {
        long? unfinished = null;
        var options = Options(separator) with { TrackLineNumbers = true, OnMalformedRecord = x => unfinished ??= x.Reason == CsvMalformedReason.UnterminatedQuote ? x.LineNumber : null };
        using var csv = CsvReader.FromText(text, options);
        if (!csv.Read())
            return new Refusal("csv-invalid.empty");
        var meant = Titles(csv).Select(columnOf).ToArray();
        if (!Array.Exists(meant, x => x is not null))
            return new Refusal("csv-columns");
        var rows = new List<CsvInputRow>();
        while (csv.Read())
        {
            if (rows.Count == MostRows)
                return new Refusal("csv-too-many-rows", RefusalKind.Invalid, MostRows);
            var values = new string?[columns];
            for (var i = 0; i < Math.Min(csv.FieldCount, meant.Length); i++)
            {
                if (meant[i] is { } column && GuardedText.Read(csv.GetString(i)) is { Length: > 0 } value)
                    values[column] ??= value;
            }

            rows.Add(new(csv.LineNumber + skipped, values));
        }

        if (unfinished is { } line)
            return new Refusal("csv-invalid.quote", RefusalKind.Invalid, line + skipped);
        return rows.Count == 0 ? new Refusal("csv-invalid.empty") : rows;
    }

    // The one that gives most titles that are known. A title alone is a column alone.
    private static char? SeparatorOf(string text, Func<string, int?> columnOf)
    {
        (char? Best, var most) = (null, 0);
        foreach (var separator in Separators)
        {
            using var csv = CsvReader.FromText(text, Options(separator));
            if (!csv.Read())
                return null;
            var titles = Titles(csv);
            if (titles.Count(x => columnOf(x) is not null) is var known && known > most)
                (Best, most) = (titles.Count == 1 ? None : separator, known);
        }

        return Best;
    }

    private static CsvReaderOptions Options(char separator) => new() { Separator = separator, HasHeader = false, SkipEmptyLines = true };

    private static List<string> Titles(CsvReader csv) => [.. Enumerable.Range(0, csv.FieldCount).Select(x => GuardedText.Read(csv.GetString(x)).Trim())];
}
