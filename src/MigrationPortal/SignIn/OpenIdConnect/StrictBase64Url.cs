using System.Buffers.Text;

namespace MigrationPortal.SignIn.OpenIdConnect;

/// <summary>Exactly one text for the same bytes: no padding, no blanks, no stray bits. The framework's decoder forgives all three.</summary>
internal static class StrictBase64Url
{
    public static byte[]? Decode(string? text)
    {
        if (text is null or "" || text.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not '-' and not '_'))
            return null;
        try
        {
            var bytes = Base64Url.DecodeFromChars(text);
            return Base64Url.EncodeToString(bytes) == text ? bytes : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
