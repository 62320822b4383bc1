using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MigrationPortal.SignIn.Configuration;

/// <summary>The certificate that the portal proves itself with to the provider: PFX, or PEM with its key in the same file.</summary>
internal static class ClientCertificate
{
    public static X509Certificate2 Load(ClientCertificateSettings settings) =>
        Path.GetExtension(settings.CertificateDiskPath)!.ToUpperInvariant() is ".PFX" or ".P12"
            ? X509CertificateLoader.LoadPkcs12FromFile(settings.CertificateDiskPath!, settings.CertificatePassword)
            : X509Certificate2.CreateFromPemFile(settings.CertificateDiskPath!);

    /// <summary>The rest of a sentence that began with the key; it never quotes a password.</summary>
    public static string? Mistake(ClientCertificateSettings settings)
    {
        if (string.IsNullOrWhiteSpace(settings.CertificateDiskPath))
            return "is missing: it is the file of the certificate with its private key.";
        try
        {
            using var certificate = Load(settings);
            using var key = certificate.GetRSAPrivateKey();
            return key is null ? "names a certificate without an RSA private key." : null;
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return $"names a file that cannot be used: {settings.CertificateDiskPath} is missing, unreadable, or its password is wrong.";
        }
    }
}
