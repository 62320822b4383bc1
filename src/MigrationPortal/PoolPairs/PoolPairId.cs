using System.Text;
using System.Text.RegularExpressions;

namespace MigrationPortal.PoolPairs;

internal static partial class PoolPairId
{
    public static bool IsValid(string id) => Shape().IsMatch(id);

    /// <summary>"Contoso (London)" is <c>contoso-london</c>.</summary>
    public static string FromName(string name)
    {
        var id = new StringBuilder(name.Length);
        foreach (var c in name.ToLowerInvariant().Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(c))
                id.Append(c);
            else if (char.IsAscii(c) && id.Length > 0 && id[^1] != '-')
                id.Append('-');
        }

        return id.ToString().Trim('-');
    }

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 100)]
    private static partial Regex Shape();
}
