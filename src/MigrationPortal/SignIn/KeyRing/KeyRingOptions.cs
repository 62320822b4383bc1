namespace MigrationPortal.SignIn.KeyRing;

/// <summary>One certificate: a file, or one of the machine's store.</summary>
internal class KeyRingCertificate
{
    /// <summary>PFX, or PEM with the private key in the same file.</summary>
    public string? CertificatePath { get; set; }

    public string? CertificatePassword { get; set; }

    /// <summary>Instead of a file: SHA-1, as certificate stores show it.</summary>
    public string? CertificateThumbprint { get; set; }

    public bool IsNamed => !string.IsNullOrWhiteSpace(CertificatePath) || !string.IsNullOrWhiteSpace(CertificateThumbprint);
}

/// <summary>What the keys that protect forms, sign-ins under way and the provider's tokens are themselves kept with in the portal's database.</summary>
internal sealed class KeyRingOptions : KeyRingCertificate
{
    public const string Section = "DataProtection";

    /// <summary>Ones that still open what was sealed before; nothing is sealed for them any more.</summary>
    public List<KeyRingCertificate> FormerCertificates { get; set; } = [];
}
