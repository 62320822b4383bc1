namespace MigrationPortal.SignIn.Configuration;

/// <summary>
/// The ways to sign in as written, before anything is judged: so that a mistake in one section does not hide those of another.
/// </summary>
internal sealed class ConfiguredMethods(IConfiguration configuration, IHostEnvironment environment)
{
    public bool Has(SignInMethod method) => Names().Contains(method.ToString(), StringComparer.OrdinalIgnoreCase);

    private List<string?> Names()
    {
        var names = configuration.GetSection($"{SignInOptions.Section}:{nameof(SignInOptions.Methods)}").GetChildren().Select(x => x.Value).ToList();
        return names.Count == 0 && environment.IsDevelopment() ? [nameof(SignInMethod.Development)] : names;
    }
}
