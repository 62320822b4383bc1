using System.Security.Claims;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.SignIn.OpenIdConnect;

/// <summary>Who an accepted token is about, in the portal's own words. Claims have the names that they have in the token.</summary>
internal static class ProviderClaims
{
    public const int LongestSession = 255;

    private const int LongestName = 200;

    public static ProvenPerson ToPerson(ClaimsPrincipal token)
    {
        var key = Text(token, "tid") is { } tenant && Text(token, "oid") is { } id ? $"{tenant}/{id}" : $"{Text(token, "iss")}|{Text(token, "sub")}";
        var name = (Text(token, "preferred_username") ?? Text(token, "upn") ?? Text(token, "unique_name") ?? Text(token, "email") ?? Text(token, "sub")!).ToLowerInvariant();
        return new(PersonSource.Entra, key, Short(name), Short(Text(token, "name") ?? name), new Memberships([.. Texts(token, "groups"), .. Texts(token, "group")], [.. Texts(token, "roles"), .. Texts(token, "role")]), Text(token, "email"));
    }

    /// <summary>The provider's name for its own session; null when it has none, or one that is no name.</summary>
    public static string? SessionOf(ClaimsPrincipal token) => Text(token, "sid") is { Length: <= LongestSession } session ? session : null;

    /// <summary>With more groups than fit, Entra ID sends a pointer instead: <c>"_claim_names":{"groups":"src1"}</c>.</summary>
    public static bool HasTooManyGroups(ClaimsPrincipal token) =>
        token.FindFirst("_claim_names")?.Value.Contains("\"groups\"", StringComparison.Ordinal) == true || token.FindFirst("hasgroups")?.Value is "true" or "True";

    // A list is one claim for each of its texts; numbers and objects are no names.
    private static IEnumerable<string> Texts(ClaimsPrincipal token, string name) =>
        token.FindAll(name).Where(x => x.ValueType == ClaimValueTypes.String && x.Value.Length > 0).Select(x => x.Value);

    private static string? Text(ClaimsPrincipal token, string name) => Texts(token, name).FirstOrDefault();

    private static string Short(string text) => text.Length > LongestName ? text[..LongestName] : text;
}
