using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.EndToEnd.SignIn;

/// <summary>A portal with the ways to sign in that a journey is about; the directory is asked again every second.</summary>
internal sealed class SignInPortal : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _directory;
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> _lastLines = new();

    private SignInPortal(Process process, string directory, string address) => (_process, _directory, Address) = (process, directory, address);

    public string Address { get; }

    public static async Task<SignInPortal> StartAsync(IReadOnlyDictionary<string, string> settings, IReadOnlyDictionary<string, string>? variables = null)
    {
        var directory = PortalFolder.Create();
        var address = $"http://localhost:{FreePort.Find()}";
        var configuration = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
        var dll = Path.Combine(SourceFolder.Tests, "../../src/MigrationPortal/bin", configuration, "net10.0/MigrationPortal.dll");
        var start = new ProcessStartInfo(
            "dotnet",
            [dll, "--urls", address, "--data", Path.Combine(directory, "data"), "--samples", "none", "--SignIn:RecheckInterval=00:00:01", .. settings.Select(x => $"--{x.Key}={x.Value}")])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["LDAPNOINIT"] = "1";
        foreach (var (name, value) in variables ?? new Dictionary<string, string>(StringComparer.Ordinal))
            start.Environment[name] = value;
        var portal = new SignInPortal(Process.Start(start)!, directory, address);
        portal._process.OutputDataReceived += (_, line) => portal.Keep(line.Data);
        portal._process.ErrorDataReceived += (_, line) => portal.Keep(line.Data);
        portal._process.BeginOutputReadLine();
        portal._process.BeginErrorReadLine();
        await Eventually.TrueAsync(portal.AnswersAsync);
        return portal;
    }

    public Task<IPage> PageAsync(RunningPortal browsers) => PageAsync(browsers.Browser);

    public async Task<IPage> PageAsync(IBrowser browser) =>
        await (await browser.OpenAsync(new() { BaseURL = Address, Locale = "en-GB", ViewportSize = new() { Width = 1440, Height = 900 } })).NewPageAsync();

    /// <inheritdoc cref="PortalFolder.SqlAsync"/>
    public Task<string> SqlAsync(string statements) => PortalFolder.SqlAsync(_directory, "migrationportal", statements);

    /// <summary>As a crash of its machine would.</summary>
    public async Task KillAsync()
    {
        using var kill = Process.Start("kill", ["-KILL", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            await kill.WaitForExitAsync();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private void Keep(string? line)
    {
        _lastLines.Enqueue(line ?? "");
        if (_lastLines.Count > 100)
            _lastLines.TryDequeue(out _);
    }

    private async Task<bool> AnswersAsync()
    {
        if (_process.HasExited)
            throw new InvalidOperationException($"The portal ended while it started: {string.Join('\n', _lastLines)}");
        try
        {
            using var client = new HttpClient();
            using var answer = await client.GetAsync(new Uri($"{Address}/health/live"));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception failure) when (failure is HttpRequestException or SocketException)
        {
            return false;
        }
    }
}
