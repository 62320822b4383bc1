using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using MigrationPortal.SignIn.Configuration;

namespace MigrationPortal.SignIn.OpenIdConnect;

/// <summary>The portal's proof of itself to the provider by certificate, instead of a secret: a token of its own, good for minutes.</summary>
internal static class ClientAssertion
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public static string Make(ClientCertificateSettings settings, string clientId, string tokenEndpoint, DateTimeOffset now)
    {
        // Read each time: a renewed file needs no restart.
        using var certificate = CertificateFile.Load(settings.CertificateDiskPath!, settings.CertificatePassword);
        using var key = certificate.GetRSAPrivateKey() ?? throw new InvalidOperationException("The client certificate has lost its private key.");
        var header = Part(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["alg"] = "PS256",
            ["typ"] = "JWT",
            ["x5t#S256"] = Base64Url.EncodeToString(certificate.GetCertHash(HashAlgorithmName.SHA256)),
        });
        var claims = Part(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["aud"] = tokenEndpoint,
            ["iss"] = clientId,
            ["sub"] = clientId,
            ["jti"] = Guid.NewGuid().ToString("N"),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + Lifetime).ToUnixTimeSeconds(),
        });
        var signature = key.SignData(System.Text.Encoding.ASCII.GetBytes($"{header}.{claims}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        return $"{header}.{claims}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Part(Dictionary<string, object> values) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(values));
}
