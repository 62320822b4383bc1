using System.Text;

namespace MigrationPortal.Engine.Sql;

/// <summary>
/// Text of SQL Server as bytes and back without losing a unit: nvarchar holds any UTF-16, also half a surrogate pair, which UTF-8 has
/// no form for. Such a half becomes the three bytes that its number would have.
/// </summary>
internal static class Utf16Text
{
    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static byte[] ToBytes(string text)
    {
        try
        {
            return _strict.GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            return Halves(text);
        }
    }

    /// <summary>Whether the bytes are UTF-8 that PostgreSQL takes: no U+0000, and no half of a surrogate pair, ED A0 80 to ED BF BF.</summary>
    public static bool IsUtf8(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Contains((byte)0)) return false;
        for (var at = bytes.IndexOf((byte)0xED); at >= 0; at = bytes.IndexOf((byte)0xED))
        {
            if (at + 1 < bytes.Length && bytes[at + 1] >= 0xA0) return false;
            bytes = bytes[(at + 1)..];
        }
        return true;
    }

    public static string FromBytes(byte[] bytes)
    {
        try
        {
            return _strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Halves(bytes);
        }
    }

    private static byte[] Halves(string text)
    {
        var bytes = new List<byte>(text.Length * 3);
        Span<byte> buffer = stackalloc byte[4];
        for (var i = 0; i < text.Length;)
        {
            if (Rune.TryGetRuneAt(text, i, out var rune))
            {
                bytes.AddRange(buffer[..rune.EncodeToUtf8(buffer)]);
                i += rune.Utf16SequenceLength;
                continue;
            }
            var unit = text[i++];
            bytes.AddRange([(byte)(0xE0 | (unit >> 12)), (byte)(0x80 | ((unit >> 6) & 0x3F)), (byte)(0x80 | (unit & 0x3F))]);
        }
        return [.. bytes];
    }

    private static string Halves(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            var isWhole = Rune.DecodeFromUtf8(bytes, out var rune, out var used) == System.Buffers.OperationStatus.Done;
            if (!isWhole && bytes.Length >= 3 && bytes[0] == 0xED && bytes[1] >= 0xA0)
            {
                text.Append((char)(((bytes[0] & 0x0F) << 12) | ((bytes[1] & 0x3F) << 6) | (bytes[2] & 0x3F)));
                used = 3;
            }
            else
            {
                text.Append(rune.ToString());
            }
            bytes = bytes[used..];
        }
        return text.ToString();
    }
}
