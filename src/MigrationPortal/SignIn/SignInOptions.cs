namespace MigrationPortal.SignIn;

internal enum SignInMethod
{
    Development,
    EntraId,
    ActiveDirectory,
    Kerberos,
}

internal sealed class SignInOptions
{
    public const string Section = "SignIn";

    public List<string> Methods { get; set; } = [];

    /// <summary>Whom to ask for access; shown on the sign-in page.</summary>
    public string? Contact { get; set; }

    public bool IsDevelopment => Methods.Contains(nameof(SignInMethod.Development), StringComparer.OrdinalIgnoreCase);
}
