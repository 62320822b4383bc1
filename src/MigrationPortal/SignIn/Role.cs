namespace MigrationPortal.SignIn;

/// <summary>What a person may do beyond reading, which every role may.</summary>
public enum Role
{
    Viewer,
    Planner,
    Approver,
    Operator,
    Auditor,
    Administrator,
}

/// <summary>Who asks for something: the name that goes into reviews and the audit, and the roles that decide.</summary>
public sealed record Caller(string Name, string DisplayName, IReadOnlySet<Role> Roles)
{
    /// <summary>The portal itself, for what it does on its own: samples, recovery, finished runs.</summary>
    public static Caller Portal { get; } = new("portal", "MigrationPortal", new HashSet<Role>());

    public bool Has(Role role) => Roles.Contains(role);
}
