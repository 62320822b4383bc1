using System.Security.Cryptography;
using System.Text.Json;

namespace MigrationPortal.SignIn.OpenIdConnect;

/// <summary>A public key of the provider.</summary>
/// <param name="Algorithm">What the provider says it is for; null when it does not say.</param>
internal sealed record SigningKey(string KeyId, RSAParameters? Rsa, ECParameters? Ec, string? Algorithm)
{
    private const int LeastRsaBits = 2048;

    /// <summary>Keys that may sign tokens; others, and ones that are too weak, are left out.</summary>
    public static Dictionary<string, SigningKey> ReadSet(JsonElement set)
    {
        var keys = new Dictionary<string, SigningKey>(StringComparer.Ordinal);
        foreach (var key in set.GetProperty("keys").EnumerateArray())
        {
            if (Text(key, "kid") is { } id && Text(key, "use") is null or "sig" && Read(key, id) is { } known)
                keys.TryAdd(id, known);
        }

        return keys;
    }

    public bool Verify(string algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (Algorithm is not null && Algorithm != algorithm)
            return false;
        try
        {
            return (algorithm, Rsa, Ec) switch
            {
                ("RS256", { } rsa, _) => VerifyRsa(rsa, data, signature, RSASignaturePadding.Pkcs1),
                ("PS256", { } rsa, _) => VerifyRsa(rsa, data, signature, RSASignaturePadding.Pss),
                ("ES256", _, { } ec) => VerifyEc(ec, data, signature),
                _ => false,
            };
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    // {"kty":"RSA","use":"sig","kid":"a1","n":"…","e":"AQAB"} or {"kty":"EC","crv":"P-256","kid":"b2","x":"…","y":"…"}
    private static SigningKey? Read(JsonElement key, string id)
    {
        if (Text(key, "kty") is "RSA" && StrictBase64Url.Decode(Text(key, "n")) is { } n && StrictBase64Url.Decode(Text(key, "e")) is { } e)
            return n.Length * 8 < LeastRsaBits ? null : new(id, new RSAParameters { Modulus = n, Exponent = e }, null, Text(key, "alg"));
        if (Text(key, "kty") is "EC" && Text(key, "crv") is "P-256" && StrictBase64Url.Decode(Text(key, "x")) is { } x && StrictBase64Url.Decode(Text(key, "y")) is { } y)
            return new(id, null, new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } }, Text(key, "alg"));
        return null;
    }

    private static bool VerifyRsa(RSAParameters parameters, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, RSASignaturePadding padding)
    {
        using var rsa = RSA.Create(parameters);
        return rsa.VerifyData(data, signature, HashAlgorithmName.SHA256, padding);
    }

    private static bool VerifyEc(ECParameters parameters, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        using var ec = ECDsa.Create(parameters);
        return ec.VerifyData(data, signature, HashAlgorithmName.SHA256);
    }

    private static string? Text(JsonElement key, string name) =>
        key.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
