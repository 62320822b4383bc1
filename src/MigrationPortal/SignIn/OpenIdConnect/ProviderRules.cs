using Microsoft.IdentityModel.Tokens;

namespace MigrationPortal.SignIn.OpenIdConnect;

/// <summary>What the library has to demand of a token's signature and times; the rest of its parameters stay as they come.</summary>
internal static class ProviderRules
{
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    private const int LeastRsaBits = 2048;

    public static void Apply(TokenValidationParameters parameters, string clientId, TimeProvider time)
    {
        parameters.ValidAudience = clientId;
        // Back to exactly what discovery says: Identity.Web's own reads a second document and does not compare the tenant.
        parameters.IssuerValidator = null;
        parameters.ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256];
        // A token names its key.
        parameters.TryAllIssuerSigningKeys = false;
        parameters.ValidateIssuerSigningKey = true;
        parameters.IssuerSigningKeyValidator = (key, _, _) => key is not (RsaSecurityKey or JsonWebKey { Kty: JsonWebAlgorithmsKeyTypes.RSA }) || key.KeySize >= LeastRsaBits;
        parameters.ClockSkew = Skew;
        parameters.LifetimeValidator = (begins, expires, _, _) =>
        {
            var now = time.GetUtcNow().UtcDateTime;
            return expires is { } end && end >= now - Skew && (begins is not { } start || start <= now + Skew);
        };
    }
}
