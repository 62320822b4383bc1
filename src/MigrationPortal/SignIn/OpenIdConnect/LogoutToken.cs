using System.Text.Json;

namespace MigrationPortal.SignIn.OpenIdConnect;

/// <summary>
/// Judges a logout_token (OpenID Connect Back-Channel Logout 1.0): signed and meant for this portal like an id_token, but it says
/// that a session is over. With a nonce it would be an id_token, and those let people in: neither may pass for the other.
/// </summary>
internal static class LogoutToken
{
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";

    public static TokenAnswer Validate(string? token, IReadOnlyDictionary<string, SigningKey> keys, string issuer, string clientId, DateTimeOffset now) =>
        ProviderToken.Validate(token, keys, claims => RefuseClaims(claims, issuer, clientId, now));

    private static string? RefuseClaims(JsonElement claims, string issuer, string clientId, DateTimeOffset now)
    {
        if (ProviderToken.RefuseOrigin(claims, issuer, clientId, now) is { } origin)
            return origin;
        // "events":{"http://schemas.openid.net/event/backchannel-logout":{}}
        if (!claims.TryGetProperty("events", out var events) || events.ValueKind != JsonValueKind.Object
            || !events.TryGetProperty(Event, out var happened) || happened.ValueKind != JsonValueKind.Object)
            return "it does not say that a session is over (events)";
        if (claims.TryGetProperty("nonce", out _))
            return "it is no logout_token (nonce)";
        return ProviderClaims.SessionOf(claims) is null ? "it does not say which session is over (sid)" : null;
    }
}
