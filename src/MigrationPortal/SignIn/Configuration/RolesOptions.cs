namespace MigrationPortal.SignIn.Configuration;

/// <summary>Which group gives which role, over everything or over a part.</summary>
internal sealed class RolesOptions
{
    public const string Section = "Roles";

    /// <summary>Its members are administrators, whatever else is said: the first one comes from here.</summary>
    public string? BootstrapGroup { get; set; }

    public List<RoleGrantSettings> Grants { get; set; } = [];
}

internal sealed class RoleGrantSettings
{
    /// <summary>A distinguished name or account name in Active Directory, an object id in Entra ID.</summary>
    public string? Group { get; set; }

    public string? Role { get; set; }

    /// <summary>A pool pair's id; null gives the role over every pair.</summary>
    public string? PoolPair { get; set; }

    /// <summary>A legacy category's path, with all below it; null gives the role over every category.</summary>
    public string? Category { get; set; }
}
