using System.Buffers;
using CsvHelper;

namespace MigrationPortal.Lists;

internal static class CsvCells
{
    // Whatever guesses the separator counts these: a text with any of them is quoted, not only one with the file's own.
    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",;\t\r\n");

    public static void WriteCell(this CsvWriter csv, string text) => csv.WriteField(text, text.AsSpan().ContainsAny(Quoted) ? CsvQuoting.Always : CsvQuoting.WhenNeededOrWhitespace);
}
