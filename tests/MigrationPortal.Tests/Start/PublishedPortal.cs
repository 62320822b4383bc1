using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace MigrationPortal.Tests.Start;

/// <summary>The portal as the Dockerfile publishes it, by its own command, in a folder that everybody can read. Where the tests are of the same build, it is not built again.</summary>
public sealed partial class PublishedPortal : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mp-published-").FullName;

    public string Dockerfile { get; } = File.ReadAllText(Path.Combine(Root(), "Dockerfile"));

    public string App => Path.Combine(_folder, "app");

    public async Task InitializeAsync()
    {
        Admit(_folder, UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        var command = Publish().Match(Dockerfile).Value.Replace("/app", $"'{App}'", StringComparison.Ordinal);
        if (Configuration() is { } built && command.Contains($"-c {built} ", StringComparison.Ordinal))
            command += " --no-build";
        using var process = Process.Start(new ProcessStartInfo("bash", ["-c", command]) { WorkingDirectory = Root(), RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output);
    }

    /// <summary>A folder of this process's user, which others may write only when asked for.</summary>
    public string MakeFolder(string name, bool everybodyWrites)
    {
        var path = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        Admit(path, everybodyWrites ? UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute : UnixFileMode.None);
        return path;
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    private static void Admit(string path, UnixFileMode others)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | others);
    }

    private static string? Configuration() => typeof(PublishedPortal).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration;

    private static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "Dockerfile")))
            at = at.Parent ?? throw new InvalidOperationException("The Dockerfile is not above the tests.");
        return at.FullName;
    }

    [GeneratedRegex(@"dotnet publish [^\n]+", RegexOptions.None, 1000)]
    private static partial Regex Publish();
}
