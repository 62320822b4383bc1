using System.Text;
using MigrationPortal.Engine;

namespace MigrationPortal.Lists;

/// <summary>
/// The text of a file that a spreadsheet program saved: UTF-8 or UTF-16 with its byte order mark, else UTF-16 where every other byte is zero, else UTF-8
/// where that fits, else Windows-1252, which Excel writes in Western Europe and America and which fits always.
/// </summary>
internal static class CsvText
{
    // Enough to see zeros in, however the file begins.
    private const int Sample = 4096;

    private static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public static Outcome<string> Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return new Refusal("csv-invalid.empty");
        // A zip archive, as every workbook is.
        if (bytes.StartsWith("PK\u0003\u0004"u8))
            return new Refusal("csv-invalid.workbook");
        var text = Read(bytes);
        return text.Contains('\0', StringComparison.Ordinal) ? new Refusal("csv-invalid.binary") : text;
    }

    private static string Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            return Encoding.UTF8.GetString(bytes[Encoding.UTF8.Preamble.Length..]);
        if (bytes.StartsWith(Encoding.Unicode.Preamble))
            return Encoding.Unicode.GetString(bytes[2..]);
        if (bytes.StartsWith(Encoding.BigEndianUnicode.Preamble))
            return Encoding.BigEndianUnicode.GetString(bytes[2..]);
        if (IsWide(bytes) is { } wide)
            return wide.GetString(bytes);
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Western.GetString(bytes);
        }
    }

    // In UTF-16 a title of Latin letters has a zero in each pair, always on the same side.
    private static Encoding? IsWide(ReadOnlySpan<byte> bytes)
    {
        var (first, second, pairs) = (0, 0, Math.Min(bytes.Length, Sample) / 2);
        for (var i = 0; i < pairs; i++)
        {
            first += bytes[2 * i] == 0 ? 1 : 0;
            second += bytes[(2 * i) + 1] == 0 ? 1 : 0;
        }

        return second > pairs / 3 && first == 0 ? Encoding.Unicode : first > pairs / 3 && second == 0 ? Encoding.BigEndianUnicode : null;
    }
}
