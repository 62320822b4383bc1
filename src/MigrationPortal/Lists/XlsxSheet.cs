using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace MigrationPortal.Lists;

/// <summary>One sheet: titles that stay in sight and can be filtered by, then rows. A text is kept as a text, whatever it begins with.</summary>
internal sealed class XlsxSheet : IDisposable
{
    private readonly OpenXmlWriter _xml;
    private readonly int _columns;

    // Made once and filled for each cell: a large list has a million of them.
    private readonly Text _text = new() { Space = SpaceProcessingModeValues.Preserve };
    private readonly CellValue _number = new();
    private readonly Cell _textCell;
    private readonly Cell _titleCell;
    private readonly Cell _numberCell;
    private readonly Cell _timeCell;
    private readonly Cell _empty = new();
    private readonly Row _row = new();

    public XlsxSheet(Stream stream, int columns)
    {
        _columns = columns;
        _textCell = new Cell(new InlineString(_text)) { DataType = CellValues.InlineString };
        _titleCell = new Cell { DataType = CellValues.InlineString, StyleIndex = XlsxBook.TitleStyle };
        _numberCell = new Cell(_number);
        _timeCell = new Cell { StyleIndex = XlsxBook.TimeStyle };
        _xml = OpenXmlWriter.Create(stream);
        _xml.WriteStartDocument(standalone: true);
        _xml.WriteStartElement(new Worksheet());
        _xml.WriteElement(new SheetViews(new SheetView(new Pane { VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen }) { WorkbookViewId = 0 }));
        _xml.WriteElement(new Columns(new Column { Min = 1, Max = (uint)columns, Width = 22, CustomWidth = true }));
        _xml.WriteStartElement(new SheetData());
    }

    public int RowCount { get; private set; }

    public void WriteTitles(IEnumerable<string> titles) => WriteRow(titles, x => WriteText(_titleCell, x));

    public void WriteRow(IEnumerable<object?> values) => WriteRow(values, Write);

    private void WriteRow<T>(IEnumerable<T> values, Action<T> write)
    {
        _xml.WriteStartElement(_row);
        foreach (var value in values)
            write(value);
        _xml.WriteEndElement();
        RowCount++;
    }

    private void Write(object? value)
    {
        switch (value)
        {
            case null:
                _xml.WriteElement(_empty);
                break;
            case string text:
                WriteText(_textCell, text);
                break;
            // A workbook's days begin in 1900; earlier ones are a broken row's.
            case DateTimeOffset { Year: < 1900 } broken:
                WriteText(_textCell, broken.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
                break;
            case DateTimeOffset at:
                WriteNumber(_timeCell, at.UtcDateTime.ToOADate().ToString(CultureInfo.InvariantCulture));
                break;
            default:
                WriteNumber(_numberCell, Convert.ToInt64(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture));
                break;
        }
    }

    private void WriteText(Cell cell, string text)
    {
        _text.Text = XlsxText.Write(text);
        Move(_text.Parent!, cell);
        _xml.WriteElement(cell);
    }

    private void WriteNumber(Cell cell, string number)
    {
        _number.Text = number;
        Move(_number, cell);
        _xml.WriteElement(cell);
    }

    // An element stands in one other at a time.
    private static void Move(OpenXmlElement content, Cell cell)
    {
        if (content.Parent == cell)
            return;
        content.Remove();
        cell.AppendChild(content);
    }

    public void Dispose()
    {
        _xml.WriteEndElement();
        _xml.WriteElement(new AutoFilter { Reference = $"A1:{Letters(_columns)}{RowCount}" });
        _xml.WriteEndElement();
        _xml.Dispose();
    }

    // 1 is A, 27 is AA.
    private static string Letters(int column) => column > 26 ? Letters((column - 1) / 26) + Letters(((column - 1) % 26) + 1) : ((char)('A' + column - 1)).ToString();
}
