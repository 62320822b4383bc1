using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Microsoft.Playwright;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.EndToEnd.Shared;

/// <summary>The built portal as a process of its own, with the tiny sample, and one Chromium for everybody.</summary>
public sealed class RunningPortal : IAsyncLifetime
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);

    private readonly string _directory = PortalFolder.Create();
    private readonly List<string> _log = [];
    private readonly Dictionary<string, string> _signedIn = new(StringComparer.Ordinal);
    private IPlaywright? _playwright;
    private Process? _process;

    /// <summary>More of its configuration, as environment variables.</summary>
    public Dictionary<string, string> Settings { get; } = new(StringComparer.Ordinal);

    /// <summary>Rooms that journeys gave back.</summary>
    internal Stack<string> FreeRooms { get; } = new();

    internal int MadeRooms { get; set; }

    /// <summary>Where its PostgreSQL listens, for another portal that is to read the same chat databases; its user is <c>portal</c>.</summary>
    public string Socket => Path.Combine(_directory, "data", "socket");

    /// <summary>What it sends by mail arrives here.</summary>
    internal MailSink MailServer { get; } = new();

    public string Address { get; } = $"http://localhost:{FreePort()}";

    /// <summary>The source folder of these tests, where scripts and their node packages are.</summary>
    public static string Folder => Path.Combine(RepositoryRoot(), "tests", "MigrationPortal.EndToEnd");

    public IBrowser Browser { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(OpenedPages.PatienceMilliseconds);
        _process = Start();
        _playwright = await Playwright.CreateAsync();
        Browser = await LaunchAsync();
        await ReadyAsync();
    }

    /// <summary>One more browser, for a test that kills it.</summary>
    public Task<IBrowser> LaunchAsync() => _playwright!.Chromium.LaunchAsync(new()
    {
        ExecutablePath = Chromium.WithoutWindow,
        Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
    });

    public async Task DisposeAsync()
    {
        if (Browser is not null)
            await Browser.DisposeAsync();
        _playwright?.Dispose();
        await StopAsync();
        await MailServer.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>Stops the portal and starts it again on what it has kept: every circuit is gone.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        _process = Start();
        await ReadyAsync();
    }

    /// <summary>Kills the portal as a crash of its machine would, and starts it again on what it has kept. Its PostgreSQL survives or recovers.</summary>
    public async Task KillAsync()
    {
        using var kill = Process.Start("kill", ["-KILL", _process!.Id.ToString(null, System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = Start();
        await ReadyAsync();
    }

    // SIGTERM, since who starts tests in the background may have them ignore SIGINT: the portal stops its own PostgreSQL before it goes.
    private async Task StopAsync()
    {
        if (_process is { HasExited: false })
        {
            using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(null, System.Globalization.CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
    }

    /// <summary>A browser of their own for one of the personas, with no page open yet. The first signs in through the page, the others go on with its session.</summary>
    public async Task<IPage> SignInAsync(string persona, ColorScheme scheme = ColorScheme.Light, int width = 1440, IBrowser? browser = null)
    {
        if (_signedIn.TryGetValue(persona, out var kept))
        {
            var page = await OpenAsync(kept);
            if ((await page.APIRequest.GetAsync("/api/v1/pool-pairs")).Ok)
                return page;
            await page.Context.DisposeAsync();
        }

        var first = await OpenAsync(null);
        await first.GotoAsync("/signin");
        await first.Locator($"button[value={persona}]").ClickAsync();
        await first.IsAtAsync("^(?!.*/signin)");
        _signedIn[persona] = await first.Context.StorageStateAsync();
        await first.Context.DisposeAsync();
        return await OpenAsync(_signedIn[persona]);

        async Task<IPage> OpenAsync(string? session)
        {
            var context = await (browser ?? Browser).OpenAsync(new()
            {
                BaseURL = Address, ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 }, TimezoneId = "Europe/Prague", Locale = "en-GB", StorageState = session,
            });
            return await context.NewPageAsync();
        }
    }

    public HttpClient Api(string persona)
    {
        var client = new HttpClient { BaseAddress = new Uri(Address) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", $"dev-{persona}");
        return client;
    }

    /// <inheritdoc cref="PortalFolder.SqlAsync"/>
    public Task<string> SqlAsync(string database, string statements) => PortalFolder.SqlAsync(_directory, database, statements);

    /// <summary>Waits until a line of the portal's log holds the text.</summary>
    public async Task WaitForLogAsync(string text)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(OpenedPages.PatienceMilliseconds));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!HasLogged(text))
            await timer.WaitForNextTickAsync(limit.Token);
    }

    private bool HasLogged(string text)
    {
        lock (_log)
            return _log.Exists(x => x.Contains(text, StringComparison.Ordinal));
    }

    private Process Start()
    {
        var root = RepositoryRoot();
        var configuration = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            WorkingDirectory = root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { Path.Combine(root, "src/MigrationPortal/bin", configuration, "net10.0/MigrationPortal.dll"), "--urls", Address, "--data", Path.Combine(_directory, "data"), "--samples", "tiny" },
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["Notifications__PublicUrl"] = Address,
                ["Notifications__Smtp__Host"] = "127.0.0.1",
                ["Notifications__Smtp__Port"] = $"{MailServer.Port}",
                ["Notifications__Smtp__Security"] = "None",
                ["Notifications__Smtp__From"] = "portal@contoso.com",
                ["Webhooks__AllowedHosts__0"] = "127.0.0.1",
            },
        };
        foreach (var (key, value) in Settings)
            start.Environment[key] = value;
        var process = Process.Start(start)!;
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    // Bounded: only the end is of use when a start fails.
    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_log)
        {
            _log.Add(line.Data ?? "");
            if (_log.Count > 200)
                _log.RemoveAt(0);
        }
    }

    private async Task ReadyAsync()
    {
        using var client = new HttpClient();
        using var limit = new CancellationTokenSource(StartLimit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await IsReadyAsync(client) || !await IsScannedAsync())
        {
            if (_process!.HasExited || limit.IsCancellationRequested)
                throw new InvalidOperationException($"The portal did not become ready:\n{string.Join('\n', _log)}");
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            return (await client.GetAsync($"{Address}/health/ready")).StatusCode == HttpStatusCode.OK;
        }
        catch (Exception failure) when (failure is HttpRequestException or SocketException)
        {
            return false;
        }
    }

    private async Task<bool> IsScannedAsync()
    {
        using var client = Api("viewer");
        using var answer = await client.GetAsync("/api/v1/pool-pairs/tiny/scans/latest");
        return answer.IsSuccessStatusCode && (await answer.Content.ReadAsStringAsync()).Contains("\"Completed\"", StringComparison.Ordinal);
    }

    private static string RepositoryRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "MigrationPortal.sln")))
            directory = directory.Parent ?? throw new InvalidOperationException("MigrationPortal.sln is in no folder above the tests.");
        return directory.FullName;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

[CollectionDefinition(Name)]
[ClosesPages]
public sealed class PortalCollection : ICollectionFixture<RunningPortal>
{
    public const string Name = "portal";
}
