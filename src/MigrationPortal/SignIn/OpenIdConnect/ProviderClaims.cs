using System.Text.Json;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.SignIn.OpenIdConnect;

/// <summary>Who an accepted token is about, in the portal's own words.</summary>
internal static class ProviderClaims
{
    public const int LongestSession = 255;

    private const int LongestName = 200;

    public static ProvenPerson ToPerson(JsonElement claims)
    {
        var key = Text(claims, "tid") is { } tenant && Text(claims, "oid") is { } id ? $"{tenant}/{id}" : $"{Text(claims, "iss")}|{Text(claims, "sub")}";
        var name = (Text(claims, "preferred_username") ?? Text(claims, "upn") ?? Text(claims, "unique_name") ?? Text(claims, "email") ?? Text(claims, "sub")!).ToLowerInvariant();
        return new(PersonSource.Entra, key, Short(name), Short(Text(claims, "name") ?? name), new Memberships(Texts(claims, "groups", "group"), Texts(claims, "roles", "role")));
    }

    /// <summary>The provider's name for its own session; null when it has none, or one that is no name.</summary>
    public static string? SessionOf(JsonElement claims) => Text(claims, "sid") is { Length: <= LongestSession } session ? session : null;

    /// <summary>With more groups than fit, Entra ID sends a pointer instead: <c>"_claim_names":{"groups":"src1"}</c>.</summary>
    public static bool HasTooManyGroups(JsonElement claims) =>
        (claims.TryGetProperty("_claim_names", out var names) && names.ValueKind == JsonValueKind.Object && names.TryGetProperty("groups", out _))
        || (claims.TryGetProperty("hasgroups", out var has) && has.ValueKind is JsonValueKind.True or JsonValueKind.String);

    // A single one is a text with AD FS and a list with Entra ID.
    private static List<string> Texts(JsonElement claims, params ReadOnlySpan<string> names)
    {
        List<string> texts = [];
        foreach (var name in names)
        {
            if (!claims.TryGetProperty(name, out var value))
                continue;
            if (value.ValueKind == JsonValueKind.String)
                texts.Add(value.GetString()!);
            else if (value.ValueKind == JsonValueKind.Array)
                texts.AddRange(value.EnumerateArray().Where(x => x.ValueKind == JsonValueKind.String).Select(x => x.GetString()!));
        }

        return texts;
    }

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private static string Short(string text) => text.Length > LongestName ? text[..LongestName] : text;
}
