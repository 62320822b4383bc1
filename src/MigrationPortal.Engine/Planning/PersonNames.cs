namespace MigrationPortal.Engine.Planning;

/// <summary>What a legacy row says of a person's names, and whether the directory still has the person (trap C4).</summary>
internal static class PersonNames
{
    /// <summary>prinName in the new pool: the common name of somebody who has a path, else the name that is there (trap 31).</summary>
    public static string? Common(ChatPrincipal legacy, bool isUser) =>
        (isUser ? DistinguishedName.Parse(legacy.DirectoryPath)?.CommonName : null) ?? Plain(legacy.Name);

    public static string? Plain(string? name) => name is null ? null : DistinguishedName.WithoutMark(name);

    public static bool IsDeleted(ChatPrincipal legacy) =>
        legacy.DirectoryPath is { Length: > 0 } path
        && (path.Contains("DEL:", StringComparison.OrdinalIgnoreCase) || path.Contains("Deleted Objects", StringComparison.OrdinalIgnoreCase))
        && DistinguishedName.Parse(path) is { IsDeleted: true };
}
