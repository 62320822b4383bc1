using MigrationPortal.Start;

namespace MigrationPortal.Data.Postgres;

/// <summary>The files of the private server: made aside and moved into place, so that a half-made one is never mistaken for a whole.</summary>
internal static class PrivateCluster
{
    public static async Task CreateAsync(DataDirectory data, PostgresBinaries binaries, CancellationToken cancellationToken)
    {
        if (Directory.Exists(data.Cluster))
            return;
        var aside = data.Cluster + ".new";
        if (Directory.Exists(aside))
            Directory.Delete(aside, recursive: true);
        var made = await OwnedDirectory.CreateAsync(aside, data.User, cancellationToken);
        if (!made.Succeeded)
            throw new StartupRefusedException($"The directory {aside} for the portal's database cannot be created: {made.LastLine}.");

        // Trust: the socket's directory is closed to all but the server's user and root.
        var result = await ServerCommand.RunAsync(
            data.User,
            binaries.Tool("initdb"),
            ["-D", aside, "-E", "UTF8", "--locale=C.UTF-8", "-U", "portal", "-A", "trust", "--no-instructions"],
            cancellationToken);
        if (!result.Succeeded)
            throw new StartupRefusedException($"PostgreSQL cannot set up {aside}: {result.LastLine}");
        Directory.Move(aside, data.Cluster);
    }

    public static async Task<string?> LastLogLineAsync(string cluster)
    {
        var log = Path.Combine(cluster, "server.log");
        return File.Exists(log)
            ? (await File.ReadAllLinesAsync(log)).LastOrDefault(line => line.Contains("FATAL", StringComparison.Ordinal) || line.Contains("PANIC", StringComparison.Ordinal))
            : null;
    }
}
