using System.Diagnostics;

namespace MigrationPortal.EndToEnd.Shared;

/// <summary>Where a portal of the journeys keeps its data, and the databases of its private server.</summary>
internal static class PortalFolder
{
    // In memory where tests/run.sh found room. Open to the user who runs the portal's database, which a temporary subdirectory of .NET is not.
    public static string Create() => Directory.CreateDirectory(Path.Combine(
        Environment.GetEnvironmentVariable("MIGRATIONPORTAL_TEST_DATA") is { Length: > 0 } given ? given : Path.GetTempPath(), $"portal-e2e-{Guid.NewGuid():n}")).FullName;

    /// <summary>Runs statements in a database of the portal's server, for states that nobody reaches in a test's time.</summary>
    /// <returns>What the last one selects, in one line.</returns>
    public static async Task<string> SqlAsync(string folder, string database, string statements)
    {
        var start = new ProcessStartInfo("psql")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { "-h", Path.Combine(folder, "data", "socket"), "-U", "portal", "-d", database, "-v", "ON_ERROR_STOP=1", "-qAtc", statements },
        };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return (await output).Trim();
    }
}
