using Microsoft.Extensions.Options;
using MigrationPortal.Start;

namespace MigrationPortal.SignIn.Configuration;

/// <summary>What Entra ID or AD FS needs. Tenants for everybody are refused: whose groups would they be?</summary>
internal sealed class ValidateAzureAdOptions(IConfiguration configuration, ConfiguredMethods methods, IHostEnvironment environment) : IValidateOptions<AzureAdOptions>
{
    public ValidateOptionsResult Validate(string? name, AzureAdOptions options)
    {
        var section = configuration.GetSection(AzureAdOptions.Section);
        if (!methods.Has(SignInMethod.EntraId))
            return ValidateOptionsResult.Success;
        List<string> failures = [.. UnknownKeys.Of<AzureAdOptions>(section), .. Provider(options), .. Client(options), .. Paths(options)];
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private IEnumerable<string> Provider(AzureAdOptions options)
    {
        var key = string.IsNullOrWhiteSpace(options.Authority) ? "AzureAd:Instance" : "AzureAd:Authority";
        if (string.IsNullOrWhiteSpace(options.Authority) && !Guid.TryParse(options.TenantId, out _))
            yield return $"AzureAd:TenantId {(string.IsNullOrWhiteSpace(options.TenantId) ? "is missing" : $"is '{options.TenantId}'")}: write the tenant's id, a GUID (not common, organizations or a domain name), or AzureAd:Authority for AD FS.";
        if (!Uri.TryCreate(options.EffectiveAuthority, UriKind.Absolute, out var authority))
            yield return $"{key} is not an address: write https://….";
        else if (authority.Scheme != Uri.UriSchemeHttps && !(authority.IsLoopback && environment.IsDevelopment()))
            yield return $"{key} is not https, so that whoever can change its traffic could sign in as anyone: write https://….";
    }

    private static IEnumerable<string> Client(AzureAdOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.ClientId))
            yield return "AzureAd:ClientId is missing: write the ID of the application's registration.";
        if (string.IsNullOrEmpty(options.ClientSecret) == (options.ClientCertificates.Count == 0))
            yield return "AzureAd:ClientSecret or AzureAd:ClientCertificates:0 is needed, one of the two.";
        for (var i = 0; i < options.ClientCertificates.Count; i++)
        {
            var (key, certificate) = ($"AzureAd:ClientCertificates:{i}", options.ClientCertificates[i]);
            if (!certificate.SourceType.Equals("Path", StringComparison.OrdinalIgnoreCase))
                yield return $"{key}:SourceType is '{certificate.SourceType}', which is not supported: write Path.";
            else if (CertificateFile.Mistake(certificate.CertificateDiskPath, certificate.CertificatePassword) is { } mistake)
                yield return $"{key}:CertificateDiskPath {mistake}";
        }
    }

    private static IEnumerable<string> Paths(AzureAdOptions options)
    {
        (string Key, string Value)[] paths = [("CallbackPath", options.CallbackPath), ("SignedOutCallbackPath", options.SignedOutCallbackPath), ("RemoteSignOutPath", options.RemoteSignOutPath)];
        return paths.Where(x => x.Value is not ['/', _, ..]).Select(x => $"AzureAd:{x.Key} is '{x.Value}': write a path such as /signin-oidc.");
    }
}
