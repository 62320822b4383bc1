using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace MigrationPortal.Lists;

/// <summary>What a workbook has around its sheets.</summary>
internal static class XlsxBook
{
    public const uint TimeStyle = 1;
    public const uint TitleStyle = 2;

    private const uint TimeFormat = 164; // The first number that is free for formats of one's own.
    private const int MostOfName = 31;
    private const string Packages = "http://schemas.openxmlformats.org/package/2006";
    private const string Documents = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Types = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    private const string Head = """<?xml version="1.0" encoding="utf-8" standalone="yes"?>""";

    /// <param name="title">Of the first sheet; the others have their number behind it.</param>
    public static Workbook Workbook(string title, int sheets) => new(new Sheets(Enumerable.Range(1, sheets).Select(x => new Sheet { Name = Name(title, x), SheetId = (uint)x, Id = $"s{x}" })));

    public static Stylesheet Styles() => new(
        new NumberingFormats(new NumberingFormat { NumberFormatId = TimeFormat, FormatCode = @"yyyy\-mm\-dd\ hh:mm:ss" }) { Count = 1 },
        new Fonts(new Font(), new Font(new Bold())) { Count = 2 },
        new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })) { Count = 2 },
        new Borders(new Border()) { Count = 1 },
        new CellStyleFormats(new CellFormat()) { Count = 1 },
        new CellFormats(new CellFormat(), new CellFormat { NumberFormatId = TimeFormat, ApplyNumberFormat = true }, new CellFormat { FontId = 1, ApplyFont = true }) { Count = 3 });

    public static string Relations(int sheets) => $"""
        {Head}<Relationships xmlns="{Packages}/relationships">{string.Concat(Enumerable.Range(1, sheets).Select(x =>
            string.Create(CultureInfo.InvariantCulture, $"""<Relationship Id="s{x}" Type="{Documents}/worksheet" Target="worksheets/sheet{x}.xml"/>""")))}<Relationship Id="styles" Type="{Documents}/styles" Target="styles.xml"/></Relationships>
        """;

    public static string Root() => $"""
        {Head}<Relationships xmlns="{Packages}/relationships"><Relationship Id="book" Type="{Documents}/officeDocument" Target="xl/workbook.xml"/></Relationships>
        """;

    public static string ContentTypes(int sheets) => $"""
        {Head}<Types xmlns="{Packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{Types}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{Types}.styles+xml"/>{string.Concat(Enumerable.Range(1, sheets).Select(x =>
            string.Create(CultureInfo.InvariantCulture, $"""<Override PartName="/xl/worksheets/sheet{x}.xml" ContentType="{Types}.worksheet+xml"/>""")))}</Types>
        """;

    // Excel takes neither these signs nor an apostrophe at an end.
    private static string Name(string title, int number)
    {
        var tail = number == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" {number}");
        var name = string.Concat(title.Select(x => x is '[' or ']' or ':' or '*' or '?' or '/' or '\\' || char.IsControl(x) ? ' ' : x)).Trim(' ', '\'');
        return name[..Math.Min(name.Length, MostOfName - tail.Length)] + tail;
    }
}
