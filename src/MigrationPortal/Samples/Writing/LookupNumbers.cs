using MigrationPortal.Engine;

namespace MigrationPortal.Samples.Writing;

/// <summary>The numbers that our schemas give to words. Only the samples may know them: everybody else joins on the words.</summary>
internal static class LookupNumbers
{
    public static short Visibility(string word) => word switch { "private" => 2, "open" => 6, _ => 3 };

    public static short Behavior(string word) => (short)(word == "auditorium" ? 5 : 4);

    public static int LegacyRole(RoleType type) => type switch { RoleType.Member => 1, RoleType.Manager => 2, _ => 3 };

    public static int NewRole(RoleType type) => type switch { RoleType.Creator => 1, RoleType.Voiced => 2, RoleType.Manager => 3, _ => 4 };

    public static short Principal(PrincipalType type) => type switch
    {
        PrincipalType.SystemUser => 4,
        PrincipalType.ExternalUser => 6,
        PrincipalType.FederatedUser => 7,
        PrincipalType.DomainContainer => 8,
        PrincipalType.Group => 9,
        PrincipalType.Folder => 10,
        PrincipalType.FederatedGroup => 11,
        _ => 5,
    };
}
