using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MigrationPortal.SignIn.Configuration;

/// <summary>A certificate with its private key: PFX, or PEM with both in the same file.</summary>
internal static class CertificateFile
{
    public static X509Certificate2 Load(string path, string? password) => Path.GetExtension(path).ToUpperInvariant() is ".PFX" or ".P12"
        ? X509CertificateLoader.LoadPkcs12FromFile(path, password)
        : string.IsNullOrEmpty(password) ? X509Certificate2.CreateFromPemFile(path) : X509Certificate2.CreateFromEncryptedPemFile(path, password);

    /// <summary>The rest of a sentence that began with the key; it never quotes a password.</summary>
    public static string? Mistake(string? path, string? password)
    {
        if (string.IsNullOrWhiteSpace(path))
            return "is missing: write the file that has the certificate with its private key.";
        try
        {
            using var certificate = Load(path, password);
            return HasKey(certificate) ? null : "names a certificate without an RSA private key.";
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return $"names a file that cannot be used: {path} is missing, unreadable, or its password is wrong.";
        }
    }

    public static bool HasKey(X509Certificate2 certificate)
    {
        using var key = certificate.GetRSAPrivateKey();
        return key is not null;
    }
}
