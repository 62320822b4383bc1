using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using MigrationPortal.SignIn.Configuration;

namespace MigrationPortal.SignIn.OpenIdConnect;

/// <summary>The portal's proof of itself to the provider by certificate, instead of a secret: a token of its own, good for minutes.</summary>
internal static class ClientAssertion
{
    public const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public static string Make(ClientCertificateSettings settings, string clientId, string tokenEndpoint, DateTimeOffset now)
    {
        // Read each time: a renewed file needs no restart.
        using var certificate = CertificateFile.Load(settings.CertificateDiskPath!, settings.CertificatePassword);
        using var key = certificate.GetRSAPrivateKey() ?? throw new InvalidOperationException("The client certificate has lost its private key.");
        // Not cached: a cached signer would use the key after its disposal.
        var security = new RsaSecurityKey(key) { CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } };
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Audience = tokenEndpoint,
            Issuer = clientId,
            Claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = clientId, ["jti"] = Guid.NewGuid().ToString("N") },
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + Lifetime).UtcDateTime,
            AdditionalHeaderClaims = new Dictionary<string, object>(StringComparer.Ordinal) { ["x5t#S256"] = Base64Url.EncodeToString(certificate.GetCertHash(HashAlgorithmName.SHA256)) },
            SigningCredentials = new SigningCredentials(security, SecurityAlgorithms.RsaSsaPssSha256),
        });
    }
}
