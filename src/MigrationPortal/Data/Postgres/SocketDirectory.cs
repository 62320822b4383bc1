using System.Security.Cryptography;
using System.Text;
using MigrationPortal.App;
using MigrationPortal.Start;

namespace MigrationPortal.Data.Postgres;

/// <summary>Where the server's socket lives: beside the data, unless that path does not fit into a socket address.</summary>
internal static class SocketDirectory
{
    /// <summary>A socket address holds 107 bytes, and <c>/.s.PGSQL.5432</c> takes 14 of them.</summary>
    internal const int LongestPath = 93;

    public static string For(string dataDirectory)
    {
        var beside = Path.Combine(dataDirectory, "socket");
        // The setting is a comma list with quotes of its own.
        if (Encoding.UTF8.GetByteCount(beside) <= LongestPath && beside.AsSpan().IndexOfAny(",\"\\") < 0)
            return beside;
        return Path.Combine(Environment.IsPrivilegedProcess ? "/run" : "/tmp", $"migrationportal-{Hash(dataDirectory)}");
    }

    public static async Task PrepareAsync(string directory, string? user, CancellationToken cancellationToken)
    {
        var result = await OwnedDirectory.CreateAsync(directory, user, cancellationToken);
        if (!result.Succeeded)
            throw new StartupRefusedException($"The directory {directory} for the database's socket cannot be created: {result.LastLine}.");
    }

    internal static string Hash(string path) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..12];
}

internal static class OwnedDirectory
{
    /// <summary>Mode 0700, owned by the server's user; fails on a directory that belongs to somebody else.</summary>
    public static Task<CommandResult> CreateAsync(string directory, string? user, CancellationToken cancellationToken) =>
        ServerCommand.RunAsync(null, "install", user is null ? ["-d", "-m", "0700", directory] : ["-d", "-m", "0700", "-o", user, directory], cancellationToken);
}
