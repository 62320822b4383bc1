using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace MigrationPortal.Tests.Shared;

/// <summary>The portal as a process of its own, for what only a process can show: signals, kill -9, exit codes, other users.</summary>
internal sealed partial class PortalProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PortalProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += Read;
        process.ErrorDataReceived += Read;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>What to put before a command so that nobody runs it; nothing where this process is not root anyway.</summary>
    public static string[] AsNobody { get; } =
        Environment.IsPrivilegedProcess ? ["setpriv", "--reuid", "nobody", "--regid", "nogroup", "--clear-groups", "env", "HOME=/nonexistent"] : [];

    /// <param name="variables">More of the environment: what native libraries read, they read there.</param>
    public static PortalProcess Start(
        string directory, string urls = "http://127.0.0.1:0", IEnumerable<string>? settings = null, IReadOnlyDictionary<string, string>? variables = null) =>
        Start(Path.Combine(AppContext.BaseDirectory, "MigrationPortal.dll"), "/", [], ["--data", directory, $"--urls={urls}", .. settings ?? []], variables);

    /// <summary>As in its image: started in the folder it was published to, by somebody without rights.</summary>
    public static PortalProcess StartPublished(string dll, string directory) =>
        Start(dll, Path.GetDirectoryName(dll)!, AsNobody, ["--data", directory, "--urls=http://127.0.0.1:0"]);

    private static PortalProcess Start(string dll, string folder, string[] prefix, string[] arguments, IReadOnlyDictionary<string, string>? variables = null)
    {
        string[] command = [.. prefix, "dotnet", dll, "--environment=Development", "--samples", "none", .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = folder };
        foreach (var (name, value) in variables ?? new Dictionary<string, string>(StringComparer.Ordinal))
            start.Environment[name] = value;
        return new(Process.Start(start)!);
    }

    /// <summary>Once it listens.</summary>
    public async Task<Uri> AddressAsync()
    {
        var ended = _process.WaitForExitAsync();
        if (await Task.WhenAny(_address.Task, ended) == ended)
            throw new InvalidOperationException($"The portal ended: {Output}");
        return await _address.Task;
    }

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async Task KillHardAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await StopAsync();
        _process.Dispose();
    }

    private void Read(object sender, DataReceivedEventArgs e)
    {
        lock (_output)
            _output.AppendLine(e.Data);
        // "MigrationPortal is at http://127.0.0.1:40123. Sign in as one of: …"
        if (e.Data is { } line && Listening().Match(line) is { Success: true } match)
            _address.TrySetResult(new(match.Groups["url"].Value));
    }

    [GeneratedRegex(@"MigrationPortal is at (?<url>http://[^\s,]+?)\.?(\s|,|$)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listening();
}
