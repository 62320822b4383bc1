namespace MigrationPortal.SignIn.Configuration;

/// <summary>Entra ID or AD FS, by the keys that Microsoft.Identity.Web reads.</summary>
internal sealed class AzureAdOptions
{
    public const string Section = "AzureAd";

    public string Instance { get; set; } = "https://login.microsoftonline.com/";

    public string? TenantId { get; set; }

    public string? ClientId { get; set; }

    public string? ClientSecret { get; set; }

    public List<ClientCertificateSettings> ClientCertificates { get; set; } = [];

    public string CallbackPath { get; set; } = "/signin-oidc";

    public string SignedOutCallbackPath { get; set; } = "/signout-callback-oidc";

    /// <summary>Where the provider says that somebody signed out there: by a frame in their browser, or by itself.</summary>
    public string RemoteSignOutPath { get; set; } = "/signout-oidc";

    /// <summary>For AD FS, <c>https://adfs.contoso.com/adfs</c>; otherwise made of instance and tenant.</summary>
    public string? Authority { get; set; }

    public string EffectiveAuthority => (string.IsNullOrWhiteSpace(Authority) ? $"{Instance.TrimEnd('/')}/{TenantId}/v2.0" : Authority).TrimEnd('/');

    /// <summary>The <c>tid</c> that a token must name; AD FS has none.</summary>
    public Guid? Tenant => string.IsNullOrWhiteSpace(Authority) && Guid.TryParse(TenantId, out var tenant) ? tenant : null;
}

internal sealed class ClientCertificateSettings
{
    /// <summary>Only <c>Path</c>: a PFX or PEM file.</summary>
    public string SourceType { get; set; } = "Path";

    public string? CertificateDiskPath { get; set; }

    public string? CertificatePassword { get; set; }
}
