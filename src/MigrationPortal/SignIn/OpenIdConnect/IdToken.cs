using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MigrationPortal.SignIn.OpenIdConnect;

/// <summary>What a token must say to be meant for this portal and this very sign-in.</summary>
/// <param name="Tenant">The <c>tid</c> it must name; null where there are no tenants (AD FS).</param>
/// <param name="AccessToken">What an <c>at_hash</c>, if there is one, is of.</param>
internal sealed record ExpectedToken(string Issuer, string ClientId, string Nonce, Guid? Tenant, string? AccessToken);

/// <summary>Judges an id_token: who signed in, and that it was at this sign-in.</summary>
internal static class IdToken
{
    private const int LongestSubject = 255;

    public static TokenAnswer Validate(string? token, IReadOnlyDictionary<string, SigningKey> keys, ExpectedToken expected, DateTimeOffset now) =>
        ProviderToken.Validate(token, keys, claims => RefuseClaims(claims, expected, now));

    private static string? RefuseClaims(JsonElement claims, ExpectedToken expected, DateTimeOffset now)
    {
        if (ProviderToken.RefuseOrigin(claims, expected.Issuer, expected.ClientId, now) is { } origin)
            return origin;
        if (ProviderToken.Text(claims, "sub") is not { Length: > 0 and <= LongestSubject })
            return "it names no subject";
        if (ProviderToken.Text(claims, "nonce") is not { } nonce || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(nonce), Encoding.UTF8.GetBytes(expected.Nonce)))
            return "it is not for this sign-in (nonce)";
        if (expected.Tenant is { } tenant && !(Guid.TryParseExact(ProviderToken.Text(claims, "tid"), "D", out var tid) && tid == tenant))
            return "it is from another tenant";
        return claims.TryGetProperty("at_hash", out _) && ProviderToken.Text(claims, "at_hash") != HashOf(expected.AccessToken) ? "its at_hash is not that of the access token" : null;
    }

    private static string? HashOf(string? accessToken)
    {
        if (accessToken is null)
            return null;
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(accessToken));
        return System.Buffers.Text.Base64Url.EncodeToString(hash.AsSpan(0, hash.Length / 2));
    }
}
