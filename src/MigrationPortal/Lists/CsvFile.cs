using System.Globalization;
using CsvHelper;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.Lists;

/// <summary>
/// Comma-separated values as spreadsheets open them by a double click: UTF-8 with a byte order mark, and the separator that the reader's
/// language uses in lists (a semicolon where the comma is the decimal sign). Numbers and times are the same in every language, so that a program reads
/// each file: 1234, and 2026-11-27 08:15:00 in UTC, which is ISO 8601 and which spreadsheets take for a time.
/// </summary>
internal static class CsvFile
{
    public const string ContentType = "text/csv";

    public static async Task WriteAsync<T>(Stream stream, IReadOnlyList<ListColumn<T>> columns, IAsyncEnumerable<T> rows, CancellationToken cancellationToken)
    {
        await using var csv = CsvWriter.Create(stream, new CsvWriterOptions { Separator = Reader.Culture.TextInfo.ListSeparator[0], WriteByteOrderMark = true }, leaveOpen: true);
        foreach (var column in columns)
            csv.WriteCell(column.Title);
        await csv.EndRecordAsync(cancellationToken);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            foreach (var column in columns)
                csv.WriteCell(Text(column.Value(row)));
            await csv.EndRecordAsync(cancellationToken);
        }
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        string text => GuardedText.Write(text),
        DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        _ => Convert.ToInt64(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
    };
}
