using System.Globalization;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using MigrationPortal.Engine;

namespace MigrationPortal.SignIn.OpenIdConnect;

/// <summary>A token that the library accepted and the portal does not.</summary>
internal sealed class ProviderTokenRefusedException(Wording reason) : SecurityTokenValidationException(reason.In(CultureInfo.InvariantCulture))
{
    public Wording Reason { get; } = reason;
}

/// <summary>
/// Judges the provider's tokens: the library first, then what the library takes and the portal does not. Nothing in a token says how it is
/// judged, and what it says is looked at only after the signature is good.
/// </summary>
internal sealed class ProviderTokens : JsonWebTokenHandler
{
    private const int Longest = 64 * 1024;
    private const int LongestSubject = 255;
    private const string LogoutEvent = "http://schemas.openid.net/event/backchannel-logout";

    // A name that stands twice would be read one way here and another way elsewhere.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    private readonly string _clientId;
    private readonly Guid? _tenant;
    private readonly TimeProvider _time;

    /// <param name="tenant">The <c>tid</c> an id_token must name; null where there are no tenants (AD FS).</param>
    public ProviderTokens(string clientId, Guid? tenant, TimeProvider time)
    {
        (_clientId, _tenant, _time) = (clientId, tenant, time);
        MaximumTokenSizeInBytes = Longest;
        MapInboundClaims = false;
    }

    public override Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters) =>
        JudgeAsync(token, validationParameters, RefuseIdToken);

    /// <summary>A logout_token (OpenID Connect Back-Channel Logout 1.0) says that a session is over; neither kind may pass for the other.</summary>
    public Task<TokenValidationResult> ValidateLogoutTokenAsync(string? token, TokenValidationParameters validationParameters) =>
        JudgeAsync(token, validationParameters, RefuseLogoutToken);

    private async Task<TokenValidationResult> JudgeAsync(string? token, TokenValidationParameters parameters, Func<JsonElement, string?> refuseKind)
    {
        // Padding and blanks: exactly one text for the same bytes.
        if (token is null || token.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not '-' and not '_' and not '.'))
            return Refuse("SignIn.Token.NotBase64");
        // The OpenID Connect handler clears this for the code flow, and then takes a token without a signature (dotnet/aspnetcore#37549).
        var signed = parameters.Clone();
        signed.RequireSignedTokens = true;
        var result = await base.ValidateTokenAsync(token, signed);
        return result.IsValid && Judge(token, refuseKind) is { } reason ? Refuse(reason) : result;
    }

    private string? Judge(string token, Func<JsonElement, string?> refuseKind)
    {
        try
        {
            var parts = token.Split('.');
            using var header = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(parts[0]), Strict);
            using var claims = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(parts[1]), Strict);
            if (header.RootElement.TryGetProperty("crit", out _))
                return "SignIn.Token.Extensions";
            return RefuseAudience(claims.RootElement) ?? RefuseTimes(claims.RootElement) ?? refuseKind(claims.RootElement);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // Bytes that are not UTF-8 and halves of surrogate pairs pass the parser and fail when they are read.
            return "SignIn.Token.Json";
        }
    }

    private string? RefuseIdToken(JsonElement claims)
    {
        if (Text(claims, "sub") is not { Length: > 0 and <= LongestSubject })
            return "SignIn.Token.Subject";
        return _tenant is { } tenant && !(Guid.TryParseExact(Text(claims, "tid"), "D", out var tid) && tid == tenant) ? "SignIn.Token.Tenant" : null;
    }

    private static string? RefuseLogoutToken(JsonElement claims)
    {
        // "events":{"http://schemas.openid.net/event/backchannel-logout":{}}
        if (!claims.TryGetProperty("events", out var events) || events.ValueKind != JsonValueKind.Object
            || !events.TryGetProperty(LogoutEvent, out var happened) || happened.ValueKind != JsonValueKind.Object)
            return "SignIn.Token.NoLogout";
        if (claims.TryGetProperty("nonce", out _))
            return "SignIn.Token.OtherKind";
        return Text(claims, "sid") is { Length: > 0 and <= ProviderClaims.LongestSession } ? null : "SignIn.Token.Session";
    }

    private string? RefuseAudience(JsonElement claims)
    {
        var named = claims.TryGetProperty("azp", out _);
        if (named && Text(claims, "azp") != _clientId)
            return "SignIn.Token.OtherParty";
        if (claims.GetProperty("aud").ValueKind == JsonValueKind.String)
            return Text(claims, "aud") == _clientId ? null : "SignIn.Token.Audience";
        return named ? null : "SignIn.Token.SeveralParties";
    }

    private string? RefuseTimes(JsonElement claims)
    {
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        var skew = (long)ProviderRules.Skew.TotalSeconds;
        if (Seconds(claims, "exp") is not { } expires || expires + skew < now)
            return "SignIn.Token.Expired";
        if (Seconds(claims, "iat") is not { } issued || issued - skew > now)
            return "SignIn.Token.Future";
        return claims.TryGetProperty("nbf", out _) && (Seconds(claims, "nbf") is not { } begins || begins - skew > now) ? "SignIn.Token.NotYet" : null;
    }

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // Beyond these, adding the skew would overflow; no provider means the year 9999.
    private static long? Seconds(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds) && seconds is > 0 and < 253_402_300_800 ? seconds : null;

    private static TokenValidationResult Refuse(string reason) => new() { IsValid = false, Exception = new ProviderTokenRefusedException(new Wording(reason)) };
}
