namespace MigrationPortal.SignIn.Configuration;

/// <summary>
/// The ways to sign in as written, before anything is judged: so that a mistake in one section does not hide those of another.
/// </summary>
internal sealed class ConfiguredMethods(IConfiguration configuration, IHostEnvironment environment)
{
    public bool Has(SignInMethod method) => Names().Contains(method.ToString(), StringComparer.OrdinalIgnoreCase);

    /// <summary>Before there are services to ask.</summary>
    public static bool IsNamed(IConfiguration configuration, SignInMethod method) => Written(configuration).Contains(method.ToString(), StringComparer.OrdinalIgnoreCase);

    private List<string?> Names()
    {
        var names = Written(configuration);
        return names.Count == 0 && environment.IsDevelopment() ? [nameof(SignInMethod.Development)] : names;
    }

    private static List<string?> Written(IConfiguration configuration) =>
        [.. configuration.GetSection($"{SignInOptions.Section}:{nameof(SignInOptions.Methods)}").GetChildren().Select(x => x.Value)];
}
