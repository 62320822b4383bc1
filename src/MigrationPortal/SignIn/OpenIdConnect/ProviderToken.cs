using System.Text;
using System.Text.Json;

namespace MigrationPortal.SignIn.OpenIdConnect;

/// <param name="Claims">Null when the token is refused.</param>
/// <param name="Refused">Why, for the log; null when it is accepted.</param>
/// <param name="IsKeyUnknown">The provider may have new keys.</param>
internal readonly record struct TokenAnswer(JsonElement? Claims, string? Refused, bool IsKeyUnknown = false);

/// <summary>
/// What holds for every token of the provider. Nothing in a token says how it is judged: neither its algorithm beyond the three
/// allowed, nor any key or address it brings along. The order matters: what is said is looked at only after the signature is good.
/// </summary>
internal static class ProviderToken
{
    private const int Longest = 64 * 1024;

    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);
    private static readonly string[] Algorithms = ["RS256", "PS256", "ES256"];

    // A name that stands twice would be read one way here and another way elsewhere.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <param name="refuseClaims">What this kind of token must say; null when it does.</param>
    public static TokenAnswer Validate(string? token, IReadOnlyDictionary<string, SigningKey> keys, Func<JsonElement, string?> refuseClaims)
    {
        try
        {
            return Judge(token, keys, refuseClaims);
        }
        catch (InvalidOperationException)
        {
            // Bytes that are no UTF-8 and halves of surrogate pairs pass the parser and fail when they are read.
            return Refuse("it holds text that is none");
        }
    }

    /// <summary>From the provider, for this portal, now.</summary>
    public static string? RefuseOrigin(JsonElement claims, string issuer, string clientId, DateTimeOffset now)
    {
        if (Text(claims, "iss") != issuer)
            return "it is from another issuer";
        return RefuseAudience(claims, clientId) ?? RefuseTimes(claims, now);
    }

    public static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static TokenAnswer Judge(string? token, IReadOnlyDictionary<string, SigningKey> keys, Func<JsonElement, string?> refuseClaims)
    {
        if (string.IsNullOrEmpty(token) || token.Length > Longest)
            return Refuse("there is no token, or it is too long");
        var parts = token.Split('.');
        if (parts.Length != 3)
            return Refuse("it has not three parts");
        if (StrictBase64Url.Decode(parts[2]) is not { } signature || Parse(parts[0]) is not { } header || Parse(parts[1]) is not { } claims)
            return Refuse("a part is not strict base64url of one JSON object");

        if (Text(header, "alg") is not { } algorithm || !Algorithms.Contains(algorithm, StringComparer.Ordinal))
            return Refuse("its algorithm is none of RS256, PS256, ES256");
        if (header.TryGetProperty("crit", out _))
            return Refuse("it demands extensions");
        if (Text(header, "kid") is not { Length: > 0 } keyId)
            return Refuse("it names no key");
        if (!keys.TryGetValue(keyId, out var key))
            return new(null, "its key is not the provider's", IsKeyUnknown: true);
        if (!key.Verify(algorithm, Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), signature))
            return Refuse("its signature is wrong");
        return refuseClaims(claims) is { } wrong ? Refuse(wrong) : new(claims, null);
    }

    private static string? RefuseAudience(JsonElement claims, string clientId)
    {
        if (claims.TryGetProperty("azp", out _) && Text(claims, "azp") != clientId)
            return "it is for another party (azp)";
        if (!claims.TryGetProperty("aud", out var audience))
            return "it names no audience";
        if (audience.ValueKind == JsonValueKind.String)
            return audience.GetString() == clientId ? null : "it is for another audience";
        if (audience.ValueKind != JsonValueKind.Array || !audience.EnumerateArray().Any(x => x.ValueKind == JsonValueKind.String && x.GetString() == clientId))
            return "it is for another audience";
        return Text(claims, "azp") == clientId ? null : "it is for several parties and does not say which (azp)";
    }

    private static string? RefuseTimes(JsonElement claims, DateTimeOffset now)
    {
        var seconds = now.ToUnixTimeSeconds();
        var skew = (long)Skew.TotalSeconds;
        if (Seconds(claims, "exp") is not { } expires || expires + skew < seconds)
            return "it has expired, or does not say when";
        if (Seconds(claims, "iat") is not { } issued || issued - skew > seconds)
            return "it was issued in the future, or does not say when";
        return claims.TryGetProperty("nbf", out _) && (Seconds(claims, "nbf") is not { } begins || begins - skew > seconds) ? "it is not valid yet" : null;
    }

    private static JsonElement? Parse(string part)
    {
        if (StrictBase64Url.Decode(part) is not { } bytes)
            return null;
        try
        {
            using var document = JsonDocument.Parse(bytes, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Beyond these, adding the skew would overflow; no provider means the year 9999.
    private static long? Seconds(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds) && seconds is > 0 and < 253_402_300_800 ? seconds : null;

    private static TokenAnswer Refuse(string why) => new(null, why);
}
