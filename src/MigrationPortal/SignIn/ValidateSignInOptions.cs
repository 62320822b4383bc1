using Microsoft.Extensions.Options;

namespace MigrationPortal.SignIn;

internal sealed class ValidateSignInOptions(IHostEnvironment environment, IConfiguration configuration) : IValidateOptions<SignInOptions>
{
    public ValidateOptionsResult Validate(string? name, SignInOptions options)
    {
        var failures = new List<string>();
        if (options.Methods.Count == 0)
            failures.Add("SignIn:Methods names no way to sign in; name Development, in the Development environment only.");

        foreach (var method in options.Methods)
        {
            if (!Enum.TryParse<SignInMethod>(method, ignoreCase: true, out var known))
                failures.Add($"SignIn:Methods names '{method}', which is no way to sign in; the only one so far is Development.");
            else if (known != SignInMethod.Development)
                failures.Add($"SignIn:Methods names {known}, which this version does not offer yet; the only one so far is Development.");
        }

        if (options.IsDevelopment)
            failures.AddRange(DevelopmentFailures(options));
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private IEnumerable<string> DevelopmentFailures(SignInOptions options)
    {
        if (options.Methods.Count > 1)
            yield return "SignIn:Methods names Development beside others; it signs anybody in, so it must stand alone.";
        if (!environment.IsDevelopment())
            yield return $"SignIn:Methods names Development, but the environment is {environment.EnvironmentName}; it signs anybody in, so it works in the Development environment only.";
        if (ListenAddresses.FirstReachable(configuration) is { } address)
            yield return $"SignIn:Methods names Development, but the portal listens on {address}; it signs anybody in, so listen on localhost only.";
    }
}
