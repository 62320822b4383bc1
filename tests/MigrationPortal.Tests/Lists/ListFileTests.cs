using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CsvHelper;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using MigrationPortal.Lists;
using MigrationPortal.Tests.Shared;
using Xunit.Abstractions;

namespace MigrationPortal.Tests.Lists;

/// <summary>Whatever a name holds, a file gives it back, and no spreadsheet computes it.</summary>
public sealed partial class ListFileTests(ITestOutputHelper output)
{
    private static readonly string[] Pieces =
        ["=1+1", "+", "-", "@", "'", "''=", "\t", "\r", "\n", "\r\n", "\"", "\"\"", ",", ";", " ", "é", "ü", "😀", "\u202e", "\u0001", "\u001f", "_x0000_", "_x005F_", "＝", "&", "<b>", "]]>", "a", "Room", "\u2028", "\uFEFF"];

    [Fact]
    public async Task Csv_OfOddTexts_ReadsBackAsWritten()
    {
        var rows = OddTexts(["\0"]);
        foreach (var language in new[] { "en", "de", "es" })
        {
            var bytes = await InAsync(language, stream => CsvFile.WriteAsync(stream, Columns, rows.ToAsyncEnumerable(), CancellationToken.None));
            Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
            using var csv = CsvReader.Create(new MemoryStream(bytes), new CsvReaderOptions { Separator = language == "en" ? ',' : ';', SkipEmptyLines = false });
            var read = new List<string[]>();
            while (csv.Read())
                read.Add([GuardedText.Read(csv.GetString(0)), GuardedText.Read(csv.GetString(1))]);
            Assert.Equal(rows, read);
            Assert.DoesNotContain(Fields(bytes, language == "en" ? ',' : ';'), x => x is [var first, ..] && "=+-@\t\r\n".Contains(first, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Workbook_OfOddTexts_IsValidAndReadsBackAsWritten()
    {
        var rows = OddTexts(["\0", "\ud800", "\udc00", "\uffff", "\ufffe"]);
        var bytes = await InAsync("en", stream => XlsxFile.WriteAsync(stream, "Rooms: [all] / 'new'", Columns, rows.ToAsyncEnumerable(), CancellationToken.None));
        using var book = SpreadsheetDocument.Open(new MemoryStream(bytes), isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(book).Select(x => x.Description));
        Assert.Equal("Rooms   all    'new", book.WorkbookPart!.Workbook!.Descendants<Sheet>().Single().Name!.Value);
        var read = book.WorkbookPart.WorksheetParts.Single().Worksheet!.Descendants<Row>().Skip(1).Select(x => x.Elements<Cell>().Select(Read).ToArray());
        Assert.Equal(rows, read);
        Assert.DoesNotContain(book.WorkbookPart.WorksheetParts.Single().Worksheet!.Descendants<CellFormula>(), _ => true);
    }

    [Fact]
    public async Task Workbook_WithMoreRowsThanASheetHolds_GoesOnInAnotherSheet()
    {
        var bytes = await InAsync("en", stream => XlsxFile.WriteAsync(stream, "Audit log", Columns, Enumerable.Range(0, 5).Select(x => new[] { $"{x}", "" }).ToAsyncEnumerable(), CancellationToken.None, mostRows: 3));
        using var book = SpreadsheetDocument.Open(new MemoryStream(bytes), isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(book).Select(x => x.Description));
        Assert.Equal(["Audit log", "Audit log 2", "Audit log 3"], book.WorkbookPart!.Workbook!.Descendants<Sheet>().Select(x => x.Name!.Value));
        Assert.Equal([3, 3, 2], book.WorkbookPart.WorksheetParts.OrderBy(x => x.Uri.ToString(), StringComparer.Ordinal).Select(x => x.Worksheet!.Descendants<Row>().Count()));
    }

    [Fact]
    public async Task Numbers_AndTimes_AreTheSameInEachLanguage()
    {
        ListColumn<DateTimeOffset>[] columns = [new("Time (UTC)", x => x), new("Count", _ => 1_234_567L), new("None", _ => null)];
        var at = new DateTimeOffset(2026, 11, 27, 9, 15, 0, TimeSpan.FromHours(1));
        foreach (var (language, separator) in new[] { ("en", ','), ("de", ';'), ("es", ';') })
        {
            var bytes = await InAsync(language, stream => CsvFile.WriteAsync(stream, columns, new[] { at }.ToAsyncEnumerable(), CancellationToken.None));
            Assert.Equal($"2026-11-27 08:15:00{separator}1234567{separator}", Encoding.UTF8.GetString(bytes).Split("\r\n")[1]);
        }

        var book = await InAsync("de", stream => XlsxFile.WriteAsync(stream, "Zeiten", columns, new[] { at }.ToAsyncEnumerable(), CancellationToken.None));
        using var read = SpreadsheetDocument.Open(new MemoryStream(book), isEditable: false);
        var cells = read.WorkbookPart!.WorksheetParts.Single().Worksheet!.Descendants<Row>().Last().Elements<Cell>().ToList();
        Assert.Equal(at.UtcDateTime, DateTime.FromOADate(double.Parse(cells[0].CellValue!.Text, CultureInfo.InvariantCulture)));
        Assert.Equal("1234567", cells[1].CellValue!.Text);
    }

    [Fact]
    public async Task Workbook_TimeOfABrokenRow_IsWrittenAsText()
    {
        var at = new DateTimeOffset(16, 5, 1, 8, 0, 0, TimeSpan.Zero);
        var book = await InAsync("en", stream => XlsxFile.WriteAsync(stream, "Times", [new ListColumn<DateTimeOffset>("Time (UTC)", x => x)], new[] { at }.ToAsyncEnumerable(), CancellationToken.None));
        using var read = SpreadsheetDocument.Open(new MemoryStream(book), isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(read).Select(x => x.Description));
        Assert.Equal("0016-05-01 08:00:00", read.WorkbookPart!.WorksheetParts.Single().Worksheet!.Descendants<Row>().Last().Elements<Cell>().Single().InnerText);
    }

    [Fact]
    public void LongText_InACell_IsCutBeforeExcelCallsItDamaged()
    {
        var written = XlsxText.Write(new string('\u0001', 40_000));
        Assert.InRange(written.Length, 32_000, 32_767);
        Assert.EndsWith("_…", written, StringComparison.Ordinal);
    }

    private static ListColumn<string[]>[] Columns { get; } = [new("First", x => x[0]), new("Second", x => x[1])];

    private List<string[]> OddTexts(string[] more)
    {
        var random = new Random(TestSeed.Draw(output));
        string[] pieces = [.. Pieces, .. more];
        string Text() => string.Concat(Enumerable.Range(0, random.Next(0, 6)).Select(_ => pieces[random.Next(pieces.Length)]));
        // A high and a low half beside each other are one character.
        return [.. Enumerable.Range(0, 300).Select(_ => new[] { Text(), Text() })];
    }

    private static string Read(Cell cell) => Decode(cell.InlineString?.Text?.Text ?? "");

    // As Excel reads ST_Xstring.
    private static string Decode(string text) => Escape().Replace(text, x => ((char)int.Parse(x.Groups["code"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());

    [GeneratedRegex("_x(?<code>[0-9A-Fa-f]{4})_", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Escape();

    private static IEnumerable<string> Fields(byte[] bytes, char separator)
    {
        using var csv = CsvReader.Create(new MemoryStream(bytes), new CsvReaderOptions { Separator = separator, SkipEmptyLines = false });
        while (csv.Read())
            yield return csv.GetString(0);
    }

    private static async Task<byte[]> InAsync(string language, Func<Stream, Task> write)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            using var stream = new MemoryStream();
            await write(stream);
            return stream.ToArray();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
