using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MigrationPortal.SignIn.OpenIdConnect;

namespace MigrationPortal.Tests.SignIn.OpenIdConnect;

/// <summary>Makes tokens as a provider would, and spoils them.</summary>
internal sealed class TokenSmith : IDisposable
{
    public const string AccessToken = "access-token";

    public static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static readonly ExpectedToken Expected = new(
        "https://login.example/t/v2.0", "portal", "the-nonce", Guid.Parse("11111111-2222-3333-4444-555555555555"), AccessToken);

    public RSA Key { get; } = RSA.Create(2048);

    public ECDsa EcKey { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public Dictionary<string, SigningKey> Keys => new(StringComparer.Ordinal)
    {
        ["k1"] = new("k1", Key.ExportParameters(false), null, null),
        ["e1"] = new("e1", null, EcKey.ExportParameters(false), null),
    };

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

    public TokenAnswer JudgeLogout(string? token) => LogoutToken.Validate(token, Keys, Expected.Issuer, Expected.ClientId, Now);

    public TokenAnswer Judge(string? token) => IdToken.Validate(token, Keys, Expected, Now);

    public void Dispose()
    {
        Key.Dispose();
        EcKey.Dispose();
    }

    public static string Part(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
