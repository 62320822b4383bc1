namespace MigrationPortal.Access;

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

/// <summary>Of people who do more than read.</summary>
internal static class WorkingRoles
{
    public static Role[] All => [Role.Planner, Role.Approver, Role.Operator, Role.Auditor, Role.Administrator];
}

/// <summary>Who asks for something: the name that goes into reviews and the audit, and the roles that decide.</summary>
public sealed record Caller(string Name, string DisplayName, IReadOnlySet<Role> Roles)
{
    /// <summary>The portal itself, for what it does on its own: samples, recovery, finished runs.</summary>
    public static Caller Portal { get; } = new("portal", "MigrationPortal", new HashSet<Role>());

    /// <summary>The roles with their bounds; a role that stands here never reaches further than one of its grants.</summary>
    public IReadOnlyList<Grant> Grants { get; init; } = [.. Roles.Order().Select(role => new Grant(role))];

    /// <summary>Null for personas' fixed tokens and the portal itself.</summary>
    public long? PersonId { get; init; }

    /// <summary>The session that brought the request, if one did.</summary>
    public long? SessionId { get; init; }

    /// <summary>The API token that brought the request, if one did.</summary>
    public long? TokenId { get; init; }

    public static Caller Of(string name, string displayName, IReadOnlyList<Grant> grants) =>
        new(name, displayName, grants.Select(grant => grant.Role).ToHashSet()) { Grants = grants };

    public bool Has(Role role) => Roles.Contains(role);
}
