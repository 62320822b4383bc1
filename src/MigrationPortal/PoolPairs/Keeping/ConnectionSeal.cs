using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace MigrationPortal.PoolPairs.Keeping;

/// <summary>
/// Takes the connection strings out of a pair's settings and puts them back. Kept for as long as the pair is: a key of the ring
/// that has expired still opens what it sealed.
/// </summary>
internal sealed class ConnectionSeal(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("MigrationPortal.PoolPairs.Connections");

    public (PoolPairSettings Open, string Sealed) Close(PoolPairSettings settings)
    {
        var secrets = new Secrets(settings.Legacy.ConnectionString, settings.Legacy.ComplianceConnectionString, settings.New.ConnectionString);
        return (Put(settings, new(null, null, null)), _protector.Protect(JsonSerializer.Serialize(secrets)));
    }

    /// <summary>Null where the ring has lost the key.</summary>
    public PoolPairSettings? Open(KeptPoolPair pair)
    {
        try
        {
            return Put(pair.Settings, JsonSerializer.Deserialize<Secrets>(_protector.Unprotect(pair.Sealed))!);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static PoolPairSettings Put(PoolPairSettings settings, Secrets secrets) => new()
    {
        Id = settings.EffectiveId,
        Name = settings.Name,
        Legacy = settings.Legacy.With(secrets.Legacy, secrets.Compliance),
        New = settings.New.With(secrets.New, null),
    };

    private sealed record Secrets(string? Legacy, string? Compliance, string? New);
}
