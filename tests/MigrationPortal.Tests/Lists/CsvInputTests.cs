using System.Text;
using MigrationPortal.Lists;
using MigrationPortal.Tests.Shared;
using Xunit.Abstractions;

namespace MigrationPortal.Tests.Lists;

/// <summary>Files as spreadsheet programs and people save them.</summary>
public sealed class CsvInputTests(ITestOutputHelper output)
{
    private static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public static TheoryData<string, char> Saved
    {
        get
        {
            var saved = new TheoryData<string, char>();
            foreach (var encoding in new[] { "utf-8", "utf-8-mark", "utf-16", "utf-16-be", "utf-16-unmarked", "windows-1252" })
            {
                foreach (var separator in new[] { ',', ';', '\t' })
                    saved.Add(encoding, separator);
            }

            return saved;
        }
    }

    [Theory]
    [MemberData(nameof(Saved))]
    public void Read_OfEachEncodingAndSeparator_GivesTheSameRows(string encoding, char separator)
    {
        var text = $"Name{separator}Note{separator}Category\r\nGrüße{separator}{separator}Trading\r\n\r\n\"a \"\"b\"\"{separator} c\nd\"{separator}x{separator}\r\n";
        var rows = Rows(Encode(text, encoding));
        Assert.Equal([(2, "Grüße", "Trading"), (4, $"a \"b\"{separator} c\nd", null)], rows.Select(x => (x.Line, x.Values[0], x.Values[1])));
    }

    [Theory]
    [InlineData("sep=;\r\nName;Category\r\na,b;c", "a,b", "c")]
    [InlineData("Name\nTrading, FX; spot", "Trading, FX; spot", null)]
    [InlineData("name,CATEGORY,other,more\na,b,c", "a", "b")]
    [InlineData("Name,Category\n'=1+1,''+x", "=1+1", "'+x")]
    [InlineData("Name,Category\n'quoted',", "'quoted'", null)]
    [InlineData("Name,Name\n,second", "second", null)]
    public void Read_OfHandMadeFiles_FindsTheColumns(string text, string name, string? category)
    {
        var row = Assert.Single(Rows(Encoding.UTF8.GetBytes(text)));
        Assert.Equal((name, category), (row.Values[0], row.Values[1]));
    }

    [Fact]
    public void Read_OfBadFiles_SaysWhatIsWrong()
    {
        Assert.Equal("csv-invalid.empty", Code([]));
        Assert.Equal("csv-invalid.empty", Code("Name\n"u8.ToArray()));
        Assert.Equal("csv-invalid.workbook", Code("PK\u0003\u0004rest"u8.ToArray()));
        Assert.Equal("csv-invalid.binary", Code([0x4e, 0x61, 0x6d, 0x65, 0x0a, 0x61, 0x00, 0x00, 0x61]));
        Assert.Equal("csv-columns", Code("Something,else\n1,2"u8.ToArray()));
        Assert.Equal("csv-invalid.quote", Code("Name,Category\n\"a,b\nc,d\n"u8.ToArray()));
        Assert.Equal("csv-too-large", Code(new byte[CsvInput.MostBytes + 1]));
        Assert.Equal("csv-too-many-rows", Code(Encoding.UTF8.GetBytes("Name\n" + string.Concat(Enumerable.Repeat("a\n", CsvInput.MostRows + 1)))));
        Assert.Equal(CsvInput.MostRows, Rows(Encoding.UTF8.GetBytes("Name\n" + string.Concat(Enumerable.Repeat("a\n", CsvInput.MostRows)))).Count);
    }

    [Fact]
    public async Task Read_OfWhatWasWritten_GivesEachTextBack()
    {
        var random = new Random(TestSeed.Draw(output));
        string[] pieces = ["=", "+", "-", "@", "'", "\t", "\r", "\n", "\"", ",", ";", " ", "é", "😀", "\u202e", "\u0001", "a", "Name", "＝", "sep="];
        var texts = Enumerable.Range(0, 500).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => pieces[random.Next(pieces.Length)]))).ToList();
        ListColumn<string>[] columns = [new("Category", x => x), new("Name", x => x), new("Other", _ => 7)];
        using var file = new MemoryStream();
        await CsvFile.WriteAsync(file, columns, texts.ToAsyncEnumerable(), CancellationToken.None);
        Assert.Equal(texts, Rows(file.ToArray()).Select(x => x.Values[0]));
    }

    [Fact]
    public void Read_OfRandomBytes_IsRowsOrARefusal()
    {
        var random = new Random(TestSeed.Draw(output));
        for (var i = 0; i < 2000; i++)
        {
            var bytes = new byte[random.Next(0, 200)];
            random.NextBytes(bytes);
            byte[] file = i % 2 == 0 ? bytes : [.. "Name;Category\n"u8, .. bytes];
            Assert.True(CsvInput.Read(file, 2, ColumnOf).Refusal is null or { Code: not "" });
        }
    }

    private static byte[] Encode(string text, string encoding) => encoding switch
    {
        "utf-8" => Encoding.UTF8.GetBytes(text),
        "utf-8-mark" => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)],
        "utf-16" => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)],
        "utf-16-be" => [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(text)],
        "utf-16-unmarked" => Encoding.Unicode.GetBytes(text),
        _ => Western.GetBytes(text),
    };

    private static int? ColumnOf(string title) => title.ToUpperInvariant() switch { "NAME" => 0, "CATEGORY" => 1, _ => null };

    private static IReadOnlyList<CsvInputRow> Rows(byte[] bytes)
    {
        var read = CsvInput.Read(bytes, 2, ColumnOf);
        Assert.True(read.IsDone, read.Refusal?.Message);
        return read.Value;
    }

    private static string? Code(byte[] bytes) => CsvInput.Read(bytes, 2, ColumnOf).Refusal?.Wording.Key;
}
