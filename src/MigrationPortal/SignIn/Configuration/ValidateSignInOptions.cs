using Microsoft.Extensions.Options;
using MigrationPortal.Start;

namespace MigrationPortal.SignIn.Configuration;

/// <summary>Which ways there are, and that personas are offered nowhere but on a developer's own machine.</summary>
internal sealed class ValidateSignInOptions(IHostEnvironment environment, IConfiguration configuration) : IValidateOptions<SignInOptions>
{
    // With it, Microsoft.Identity.Web replaces OpenID Connect by a scheme that trusts the header X-MS-TOKEN-AAD-ID-TOKEN unverified.
    private const string AppServiceKey = "WEBSITE_AUTH_ENABLED";

    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    public ValidateOptionsResult Validate(string? name, SignInOptions options)
    {
        var failures = UnknownKeys.Of<SignInOptions>(configuration.GetSection(SignInOptions.Section)).ToList();
        if (options.Methods.Count == 0)
            failures.Add("SignIn:Methods names no sign-in method: write EntraId, ActiveDirectory or Kerberos (Development in the Development environment only).");
        if (IsBehindAppService(Environment.GetEnvironmentVariable(AppServiceKey)))
            failures.Add($"{AppServiceKey} is in the environment: the App Service's own authentication is on, and anyone who reaches the portal directly can send its header. Turn it off; the portal signs people in itself.");

        var known = Enum.GetNames<SignInMethod>();
        for (var i = 0; i < options.Methods.Count; i++)
        {
            if (!known.Contains(options.Methods[i], StringComparer.OrdinalIgnoreCase))
                failures.Add($"SignIn:Methods:{i} is '{options.Methods[i]}', which is not a sign-in method: write {string.Join(", ", known)}.");
        }

        if (options.IsDevelopment)
            failures.AddRange(DevelopmentFailures(options));
        failures.AddRange(Times(options));
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static bool IsBehindAppService(string? value) => !string.IsNullOrEmpty(value) && !value.Equals("false", StringComparison.OrdinalIgnoreCase);

    private IEnumerable<string> DevelopmentFailures(SignInOptions options)
    {
        if (options.Methods.Count > 1)
            yield return "SignIn:Methods names Development beside others; it signs anyone in, so it must be the only method.";
        if (!environment.IsDevelopment())
            yield return $"SignIn:Methods names Development, but the environment is {environment.EnvironmentName}; it signs anyone in, so it works in the Development environment only.";
        if (ListenAddresses.FirstReachable(configuration) is { } address)
            yield return $"SignIn:Methods names Development, but the portal listens on {address}; it signs anyone in, so listen on localhost only.";
    }

    private static IEnumerable<string> Times(SignInOptions options)
    {
        (string Key, TimeSpan Value, TimeSpan Least)[] times =
        [
            (nameof(options.IdleTimeout), options.IdleTimeout, TimeSpan.FromSeconds(1)),
            (nameof(options.AbsoluteTimeout), options.AbsoluteTimeout, TimeSpan.FromSeconds(1)),
            (nameof(options.RecheckInterval), options.RecheckInterval, TimeSpan.FromSeconds(1)),
            (nameof(options.DirectoryGrace), options.DirectoryGrace, TimeSpan.Zero),
            (nameof(options.TokenOwnerSeenWithin), options.TokenOwnerSeenWithin, TimeSpan.FromHours(1)),
        ];
        return times.Where(x => x.Value < x.Least || x.Value > Longest)
            .Select(x => $"SignIn:{x.Key} is {x.Value:c}: write a time between {x.Least:c} and {Longest:c}, for example 02:00:00.");
    }
}
