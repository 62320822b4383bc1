using System.IO.Compression;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace MigrationPortal.Lists;

/// <summary>
/// A workbook, written row by row. Its parts are put into the archive here, one after the other: the SDK's package needs an archive that can be read
/// again while it is written, which .NET keeps whole in memory (100 MB for the rooms of a large pool).
/// </summary>
internal static class XlsxFile
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>A sheet has no more rows; what is beyond goes to another sheet.</summary>
    private const int MostRows = 1_048_576;

    /// <param name="mostRows">For tests; of a sheet, with its titles.</param>
    public static async Task WriteAsync<T>(
        Stream stream, string title, IReadOnlyList<ListColumn<T>> columns, IAsyncEnumerable<T> rows, CancellationToken cancellationToken, int mostRows = MostRows)
    {
        await using var archive = await ZipArchive.CreateAsync(stream, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken);
        await using var reading = rows.GetAsyncEnumerator(cancellationToken);
        var hasMore = await reading.MoveNextAsync();
        var sheets = 0;
        do
        {
            sheets++;
            await using var entry = await OpenAsync(archive, $"xl/worksheets/sheet{sheets}.xml", cancellationToken);
            using var sheet = new XlsxSheet(entry, columns.Count);
            sheet.WriteTitles(columns.Select(x => x.Title));
            for (; hasMore && sheet.RowCount < mostRows; hasMore = await reading.MoveNextAsync())
                sheet.WriteRow(columns.Select(x => x.Value(reading.Current)));
        }
        while (hasMore);

        await WriteAsync(archive, "xl/workbook.xml", XlsxBook.Workbook(title, sheets), cancellationToken);
        await WriteAsync(archive, "xl/styles.xml", XlsxBook.Styles(), cancellationToken);
        await WriteAsync(archive, "xl/_rels/workbook.xml.rels", XlsxBook.Relations(sheets), cancellationToken);
        await WriteAsync(archive, "_rels/.rels", XlsxBook.Root(), cancellationToken);
        await WriteAsync(archive, "[Content_Types].xml", XlsxBook.ContentTypes(sheets), cancellationToken);
    }

    private static async Task WriteAsync(ZipArchive archive, string name, OpenXmlElement part, CancellationToken cancellationToken)
    {
        await using var entry = await OpenAsync(archive, name, cancellationToken);
        using var xml = OpenXmlWriter.Create(entry);
        xml.WriteStartDocument(standalone: true);
        xml.WriteElement(part);
    }

    private static async Task WriteAsync(ZipArchive archive, string name, string part, CancellationToken cancellationToken)
    {
        await using var entry = await OpenAsync(archive, name, cancellationToken);
        await using var text = new StreamWriter(entry);
        await text.WriteAsync(part);
    }

    private static Task<Stream> OpenAsync(ZipArchive archive, string name, CancellationToken cancellationToken) =>
        archive.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(cancellationToken);
}
