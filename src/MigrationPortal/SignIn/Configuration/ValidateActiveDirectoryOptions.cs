using Microsoft.Extensions.Options;
using MigrationPortal.Start;

namespace MigrationPortal.SignIn.Configuration;

/// <summary>What the form and Kerberos need of the domain, and of the process that is to speak with it.</summary>
internal sealed class ValidateActiveDirectoryOptions(IConfiguration configuration, ConfiguredMethods methods) : IValidateOptions<ActiveDirectoryOptions>
{
    public ValidateOptionsResult Validate(string? name, ActiveDirectoryOptions options)
    {
        if (!methods.Has(SignInMethod.ActiveDirectory) && !methods.Has(SignInMethod.Kerberos))
            return ValidateOptionsResult.Success;
        List<string> failures = [.. UnknownKeys.Of<ActiveDirectoryOptions>(configuration.GetSection(ActiveDirectoryOptions.Section)), .. Domain(options), .. Process()];
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Domain(ActiveDirectoryOptions options)
    {
        if (options.Servers.Count == 0)
            yield return "ActiveDirectory:Servers is empty: name the domain controllers, for example dc1.corp.example.";
        if (string.IsNullOrWhiteSpace(options.BaseDn) || !options.BaseDn.Contains("DC=", StringComparison.OrdinalIgnoreCase))
            yield return "ActiveDirectory:BaseDn is missing or does not name a domain: write where people are, for example DC=corp,DC=example.";
        if (string.IsNullOrWhiteSpace(options.Realm) || !options.Realm.Contains('.', StringComparison.Ordinal))
            yield return "ActiveDirectory:Realm is missing or is not a DNS name: write that of the domain, for example corp.example.";
        if (options.Port is < 1 or > 65535)
            yield return $"ActiveDirectory:Port is {options.Port}: write 636, or 389 with Ldaps false.";
        if (options.TrustedCertificatesDirectory is { } directory && !(Directory.Exists(directory) && Directory.EnumerateFiles(directory).Any()))
            yield return $"ActiveDirectory:TrustedCertificatesDirectory is {directory}, which has no certificate: without one, no domain controller is trusted.";
        if (string.IsNullOrWhiteSpace(options.BindUser) || string.IsNullOrEmpty(options.BindPassword))
            yield return "ActiveDirectory:BindUser and ActiveDirectory:BindPassword are needed: an ordinary account that looks people up.";
        if (options.MaxFailures is < 1 or > 100)
            yield return $"ActiveDirectory:MaxFailures is {options.MaxFailures}: write 1 to 100, below the domain's own account lockout threshold.";
        if (options.FailureWindow < TimeSpan.FromSeconds(1) || options.FailureWindow > TimeSpan.FromDays(1))
            yield return $"ActiveDirectory:FailureWindow is {options.FailureWindow:c}: write 00:00:01 to 1.00:00:00.";
    }

    private IEnumerable<string> Process()
    {
        // LDAPTLS_REQCERT=never, or the same in some ldaprc, would silently trust everybody; with LDAPNOINIT nothing of the kind is read.
        if (OperatingSystem.IsLinux() && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("LDAPNOINIT")))
            yield return "LDAPNOINIT is not set in the portal's environment: start it with LDAPNOINIT=1, so that no ldaprc file or LDAPTLS_… variable can switch certificate checks off.";
        if (!methods.Has(SignInMethod.Kerberos))
            yield break;
        var keytab = Environment.GetEnvironmentVariable("KRB5_KTNAME");
        if (string.IsNullOrEmpty(keytab))
            yield return "KRB5_KTNAME is not set in the portal's environment: Kerberos needs the keytab of HTTP/<the portal's host name>, for example KRB5_KTNAME=/etc/portal/http.keytab.";
        else if (!File.Exists(keytab.StartsWith("FILE:", StringComparison.Ordinal) ? keytab["FILE:".Length..] : keytab))
            yield return $"KRB5_KTNAME is {keytab}, and there is no such file.";
    }
}
