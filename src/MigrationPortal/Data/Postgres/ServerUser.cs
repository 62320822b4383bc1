using MigrationPortal.Start;

namespace MigrationPortal.Data.Postgres;

/// <summary>Whom the server runs as: the portal's own user, or an unprivileged one when the portal is root.</summary>
internal static class ServerUser
{
    private static readonly string[] Candidates = ["postgres", "migrationportal", "nobody"];

    /// <returns>Null: the portal's own user.</returns>
    public static async Task<string?> ChooseAsync(string cluster, CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
            return null;
        if (Directory.Exists(cluster))
        {
            var owner = (await ServerCommand.RunAsync(null, "stat", ["-c", "%U", cluster], cancellationToken)).Output.Trim();
            if (owner is not ("root" or "UNKNOWN" or ""))
                return owner;
        }

        var known = (await File.ReadAllLinesAsync("/etc/passwd", cancellationToken)).Select(line => line.Split(':')[0]).ToHashSet(StringComparer.Ordinal);
        return Candidates.FirstOrDefault(known.Contains) ?? throw new StartupRefusedException(
            "PostgreSQL does not run as root, and this machine has no user postgres or nobody to run it as: start the portal as another user.");
    }

    public static async Task<bool> CanReachAsync(string? user, string directory, CancellationToken cancellationToken) =>
        user is null || (await ServerCommand.RunAsync(user, "test", ["-x", directory], cancellationToken)).Succeeded;
}
