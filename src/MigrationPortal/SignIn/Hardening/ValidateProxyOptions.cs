using Microsoft.Extensions.Options;
using MigrationPortal.Start;
using MigrationPortal.Ui;

namespace MigrationPortal.SignIn.Hardening;

/// <summary>By which names the portal may be called, and which proxies it trusts about that.</summary>
internal sealed class ValidateProxyOptions(IConfiguration configuration, IHostEnvironment environment) : IValidateOptions<ProxyOptions>
{
    public ValidateOptionsResult Validate(string? name, ProxyOptions options)
    {
        List<string> failures = [.. UnknownKeys.Of<ProxyOptions>(configuration.GetSection(ProxyOptions.Section)), .. options.Mistakes()];
        if (!environment.IsDevelopment() && !ProxyOptions.HostsOf(configuration).Any())
            failures.Add("AllowedHosts is empty or *: write the portal's host names, for example portal.contoso.com;localhost. Otherwise links and sign-ins lead to whatever host a request names.");
        // The framework's own switch trusts everybody.
        if (configuration.GetValue("ForwardedHeaders_Enabled", defaultValue: false))
            failures.Add("ForwardedHeaders_Enabled (ASPNETCORE_FORWARDEDHEADERS_ENABLED) is true, so that every proxy is trusted: remove it and name yours in Proxies:Addresses.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
