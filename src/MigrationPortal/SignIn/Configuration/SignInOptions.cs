namespace MigrationPortal.SignIn.Configuration;

public enum SignInMethod
{
    Development,
    EntraId,
    ActiveDirectory,
    Kerberos,
}

internal sealed class SignInOptions
{
    public const string Section = "SignIn";

    /// <summary>Of <see cref="SignInMethod"/>; in this order on the page.</summary>
    public List<string> Methods { get; set; } = [];

    /// <summary>Whom to ask for access; shown on the sign-in page and to somebody without a role.</summary>
    public string? Contact { get; set; }

    /// <summary>A session that nobody used for so long is over.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromHours(2);

    /// <summary>However busy: Entra ID's app roles are only computed again at a sign-in.</summary>
    public TimeSpan AbsoluteTimeout { get; set; } = TimeSpan.FromHours(8);

    /// <summary>How old an answer of the directory about somebody may be, and how long an open page may not notice.</summary>
    public TimeSpan RecheckInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>For so long the last answer still counts while no directory server answers; never for a dangerous command.</summary>
    public TimeSpan DirectoryGrace { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>An API token rests while its owner did not sign in for so long and no directory can be asked about them.</summary>
    public TimeSpan TokenOwnerSeenWithin { get; set; } = TimeSpan.FromDays(30);

    public bool Has(SignInMethod method) => Methods.Contains(method.ToString(), StringComparer.OrdinalIgnoreCase);

    public bool IsDevelopment => Has(SignInMethod.Development);
}
