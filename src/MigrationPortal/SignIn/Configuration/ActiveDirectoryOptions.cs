namespace MigrationPortal.SignIn.Configuration;

/// <summary>The domain controllers, for the form, for Kerberos, and to look after both kinds of sessions.</summary>
internal sealed class ActiveDirectoryOptions
{
    public const string Section = "ActiveDirectory";

    /// <summary>Asked in this order; one that is silent is left alone for a while.</summary>
    public List<string> Servers { get; set; } = [];

    /// <summary>636 with <see cref="Ldaps"/>, 389 with StartTLS.</summary>
    public int? Port { get; set; }

    /// <summary>TLS from the first byte; false begins in the clear and turns to TLS before anything is said (StartTLS).</summary>
    public bool Ldaps { get; set; } = true;

    public string? BaseDn { get; set; }

    /// <summary>The DNS name of the domain, <c>corp.example</c>; also what comes after the @ of a Kerberos name.</summary>
    public string? Realm { get; set; }

    /// <summary>CA certificates to trust, as files; null trusts what the system trusts.</summary>
    public string? TrustedCertificatesDirectory { get; set; }

    /// <summary>Who looks people up: a distinguished name or user@realm.</summary>
    public string? BindUser { get; set; }

    public string? BindPassword { get; set; }

    /// <summary>Wrong passwords that one account may have within <see cref="FailureWindow"/>: keep it below the domain's own lock-out.</summary>
    public int MaxFailures { get; set; } = 3;

    public TimeSpan FailureWindow { get; set; } = TimeSpan.FromMinutes(30);

    public int EffectivePort => Port ?? (Ldaps ? 636 : 389);
}
