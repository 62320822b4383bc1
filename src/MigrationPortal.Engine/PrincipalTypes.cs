namespace MigrationPortal.Engine;

internal static class PrincipalTypes
{
    public static bool IsFederated(PrincipalType type) =>
        type is PrincipalType.ExternalUser or PrincipalType.FederatedUser or PrincipalType.FederatedGroup;
}
