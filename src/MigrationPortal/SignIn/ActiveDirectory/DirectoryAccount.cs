using System.DirectoryServices.Protocols;
using System.Globalization;
using MigrationPortal.Engine;

namespace MigrationPortal.SignIn.ActiveDirectory;

/// <summary>An account as the directory holds it.</summary>
/// <param name="Barred">Why it may not be used now; null when it may.</param>
internal sealed record DirectoryAccount(string DistinguishedName, Guid Id, string AccountName, string DisplayName, Wording? Barred, string? Mail = null)
{
    private const int Disabled = 0x2;
    private const int LockedOut = 0x10;

    public static readonly string[] Attributes =
        ["objectGUID", "sAMAccountName", "displayName", "mail", "userAccountControl", "msDS-User-Account-Control-Computed", "accountExpires"];

    public static DirectoryAccount Of(SearchResultEntry entry, DateTimeOffset now)
    {
        var account = Text(entry, "sAMAccountName")!;
        return new(entry.DistinguishedName, new Guid(Bytes(entry, "objectGUID")!), account, Text(entry, "displayName") ?? account, WhyBarred(entry, now), Text(entry, "mail"));
    }

    private static Wording? WhyBarred(SearchResultEntry entry, DateTimeOffset now)
    {
        if ((Number(entry, "userAccountControl") & Disabled) != 0)
            return new Wording("SignIn.AccountDisabled");
        if ((Number(entry, "msDS-User-Account-Control-Computed") & LockedOut) != 0)
            return new Wording("SignIn.AccountLocked");
        // 100 ns since 1601; 0 and the largest number say never.
        return Number(entry, "accountExpires") is not 0 and not long.MaxValue and var expires && expires < now.UtcDateTime.ToFileTimeUtc() ? new Wording("SignIn.AccountExpired") : null;
    }

    private static long Number(SearchResultEntry entry, string name) =>
        long.TryParse(Text(entry, name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string? Text(SearchResultEntry entry, string name) =>
        entry.Attributes[name]?.GetValues(typeof(string)) is [string text, ..] && text.Length > 0 ? text : null;

    private static byte[]? Bytes(SearchResultEntry entry, string name) => entry.Attributes[name]?.GetValues(typeof(byte[])) is [byte[] bytes, ..] ? bytes : null;
}
