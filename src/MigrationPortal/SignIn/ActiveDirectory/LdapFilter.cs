using System.Text;

namespace MigrationPortal.SignIn.ActiveDirectory;

/// <summary>Search filters with other people's words in them (RFC 4515).</summary>
internal static class LdapFilter
{
    /// <summary>Whatever was typed is looked for as typed: <c>*</c> is a star, <c>)</c> closes nothing.</summary>
    public static string Escape(string text) => Escape(Encoding.UTF8.GetBytes(text));

    public static string Escape(ReadOnlySpan<byte> bytes)
    {
        var escaped = new StringBuilder(bytes.Length * 3);
        foreach (var value in bytes)
        {
            if (char.IsAsciiLetterOrDigit((char)value) || value is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'@' or (byte)' ' or (byte)'=' or (byte)',')
                escaped.Append((char)value);
            else
                escaped.Append('\\').Append(value.ToString("x2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return escaped.ToString();
    }

    /// <summary>A person, by any of the names one may type: <c>anna</c>, <c>CORP\anna</c>, <c>anna@corp.example</c>. Null when it can be none.</summary>
    public static string? Person(string typed, string realm)
    {
        var name = typed.Trim();
        if (name.IndexOf('\\', StringComparison.Ordinal) is >= 0 and var slash)
        {
            var domain = name[..slash];
            if (!domain.Equals(realm, StringComparison.OrdinalIgnoreCase) && !domain.Equals(realm.Split('.')[0], StringComparison.OrdinalIgnoreCase))
                return null;
            name = name[(slash + 1)..];
        }

        if (name.Length == 0)
            return null;
        var at = name.LastIndexOf('@');
        if (at < 0)
            return Either(name, $"{name}@{realm}");
        return name[(at + 1)..].Equals(realm, StringComparison.OrdinalIgnoreCase) && at > 0 ? Either(name[..at], name) : Where($"(userPrincipalName={Escape(name)})");
    }

    // Computers are users too; their category is not person.
    private static string Where(string condition) => $"(&(objectCategory=person)(objectClass=user){condition})";

    private static string Either(string account, string principal) => Where($"(|(sAMAccountName={Escape(account)})(userPrincipalName={Escape(principal)}))");
}
