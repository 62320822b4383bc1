using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MigrationPortal.SignIn.Configuration;

namespace MigrationPortal.SignIn.KeyRing;

/// <summary>The certificates of the configuration, as far as they can be used; <see cref="ValidateKeyRing"/> says about the others.</summary>
/// <param name="Current">Seals; null when the ring is to lie open.</param>
/// <param name="All">Open what was sealed, the current one included.</param>
internal sealed record KeyRingCertificates(X509Certificate2? Current, IReadOnlyList<X509Certificate2> All)
{
    public static KeyRingCertificates Load(KeyRingOptions options)
    {
        var current = Mistake(options) is null ? Load((KeyRingCertificate)options) : null;
        var former = options.FormerCertificates.Where(x => Mistake(x) is null).Select(Load);
        return new(current, current is null ? [.. former] : [current, .. former]);
    }

    /// <summary>The key's last part and the rest of the sentence; null when the certificate can be used.</summary>
    public static string? Mistake(KeyRingCertificate settings)
    {
        if (string.IsNullOrWhiteSpace(settings.CertificateThumbprint))
            return CertificateFile.Mistake(settings.CertificatePath, settings.CertificatePassword) is { } mistake ? $"CertificatePath {mistake}" : null;
        if (!string.IsNullOrWhiteSpace(settings.CertificatePath))
            return "CertificateThumbprint and CertificatePath are both set: set only one of them.";
        using var found = FindInStore(settings.CertificateThumbprint);
        return found is not null && CertificateFile.HasKey(found)
            ? null
            : $"CertificateThumbprint is {settings.CertificateThumbprint}, and no certificate of this user's or the machine's store has that and an RSA private key.";
    }

    private static X509Certificate2 Load(KeyRingCertificate settings) => string.IsNullOrWhiteSpace(settings.CertificateThumbprint)
        ? CertificateFile.Load(settings.CertificatePath!, settings.CertificatePassword)
        : FindInStore(settings.CertificateThumbprint)!;

    private static X509Certificate2? FindInStore(string thumbprint)
    {
        foreach (var location in new[] { StoreLocation.CurrentUser, StoreLocation.LocalMachine })
        {
            try
            {
                using var store = new X509Store(StoreName.My, location, OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
                if (store.Certificates.Find(X509FindType.FindByThumbprint, thumbprint, validOnly: false) is [var found, ..])
                    return found;
            }
            catch (CryptographicException)
            {
                // Linux has no such store of the machine, and none of the user before the first certificate is in it.
            }
        }

        return null;
    }
}
