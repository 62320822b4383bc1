using System.Buffers.Text;
using System.IdentityModel.Tokens.Jwt;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using MigrationPortal.SignIn.OpenIdConnect;

namespace MigrationPortal.Tests.SignIn.OpenIdConnect;

/// <param name="Claims">Null when the token is refused.</param>
internal readonly record struct JudgedToken(JsonElement? Claims, string? Refused);

internal sealed record ExpectedToken(string Issuer, string ClientId, string Nonce, Guid Tenant);

/// <summary>Makes tokens as a provider would, spoils them, and has them judged as the OpenID Connect handler does.</summary>
internal sealed class TokenSmith(int keyBits = 2048) : IDisposable
{
    public const string AccessToken = "access-token";

    public static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static readonly ExpectedToken Expected = new(
        "https://login.example/t/v2.0", "portal", "the-nonce", Guid.Parse("11111111-2222-3333-4444-555555555555"));

    private readonly ProviderTokens _tokens = new(Expected.ClientId, Expected.Tenant, new FakeTimeProvider(Now));

    public RSA Key { get; } = RSA.Create(keyBits);

    public ECDsa EcKey { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static JsonObject Header(string algorithm = "RS256", string key = "k1") => new() { ["alg"] = algorithm, ["typ"] = "JWT", ["kid"] = key };

    public static JsonObject Claims() => new()
    {
        ["iss"] = Expected.Issuer,
        ["aud"] = Expected.ClientId,
        ["sub"] = "anna",
        ["tid"] = $"{Expected.Tenant}",
        ["nonce"] = Expected.Nonce,
        ["iat"] = Now.ToUnixTimeSeconds(),
        ["nbf"] = Now.ToUnixTimeSeconds(),
        ["exp"] = Now.AddHours(1).ToUnixTimeSeconds(),
        ["roles"] = new JsonArray("Viewer"),
        ["at_hash"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(AccessToken)).AsSpan(0, 16)),
    };

    public string Sign(JsonObject header, JsonObject claims) => Sign(header.ToJsonString(), claims.ToJsonString());

    public string Sign(string header, string claims)
    {
        var text = $"{Part(header)}.{Part(claims)}";
        var data = Encoding.ASCII.GetBytes(text);
        var signature = header switch
        {
            _ when header.Contains("ES256", StringComparison.Ordinal) => EcKey.SignData(data, HashAlgorithmName.SHA256),
            _ when header.Contains("PS256", StringComparison.Ordinal) => Key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
            _ when header.Contains("RS512", StringComparison.Ordinal) => Key.SignData(data, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
            _ => Key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        };
        return $"{text}.{Base64Url.EncodeToString(signature)}";
    }

    public static JsonObject LogoutClaims() => new()
    {
        ["iss"] = Expected.Issuer,
        ["aud"] = Expected.ClientId,
        ["sub"] = "anna",
        ["sid"] = "the-session",
        ["jti"] = "1",
        ["iat"] = Now.ToUnixTimeSeconds(),
        ["exp"] = Now.AddMinutes(2).ToUnixTimeSeconds(),
        ["events"] = new JsonObject { ["http://schemas.openid.net/event/backchannel-logout"] = new JsonObject() },
    };

    public JudgedToken JudgeLogout(string? token) => Judged(token, _tokens.ValidateLogoutTokenAsync(token, Parameters()).GetAwaiter().GetResult());

    public JudgedToken Judge(string? token)
    {
        // As the handler calls it for the code flow, with signatures made optional.
        var parameters = Parameters();
        parameters.RequireSignedTokens = false;
        var judged = _tokens.ValidateTokenAsync(token!, parameters).GetAwaiter().GetResult();
        if (!judged.IsValid)
            return Judged(token, judged);
        try
        {
            new OpenIdConnectProtocolValidator { RequireTimeStampInNonce = false }.ValidateTokenResponse(new OpenIdConnectProtocolValidationContext
            {
                ClientId = Expected.ClientId,
                Nonce = Expected.Nonce,
                ProtocolMessage = new OpenIdConnectMessage { IdToken = token, AccessToken = AccessToken },
                ValidatedIdToken = JwtSecurityTokenConverter.Convert((JsonWebToken)judged.SecurityToken),
            });
            return Judged(token, judged);
        }
        catch (OpenIdConnectProtocolException refused)
        {
            return new(null, ProviderRefusals.Reason(refused).ToString());
        }
    }

    public void Dispose()
    {
        Key.Dispose();
        EcKey.Dispose();
    }

    private TokenValidationParameters Parameters()
    {
        var parameters = new TokenValidationParameters
        {
            ValidIssuer = Expected.Issuer,
            IssuerSigningKeys = [new RsaSecurityKey(Key.ExportParameters(false)) { KeyId = "k1" }, new ECDsaSecurityKey(EcKey) { KeyId = "e1" }],
        };
        ProviderRules.Apply(parameters, Expected.ClientId, new FakeTimeProvider(Now));
        return parameters;
    }

    private static JudgedToken Judged(string? token, TokenValidationResult result) => result.IsValid
        ? new(JsonDocument.Parse(Base64Url.DecodeFromChars(token!.Split('.')[1])).RootElement, null)
        : new(null, ProviderRefusals.Reason(result.Exception).ToString());

    public static string Part(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
