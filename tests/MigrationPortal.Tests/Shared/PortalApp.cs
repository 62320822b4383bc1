using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace MigrationPortal.Tests.Shared;

/// <summary>
/// The whole portal in this process, on a port of its own, over a fresh portal database; configured in memory alone. With the
/// configuration's keys, such as <c>PoolPairs:0:Name</c>, a test says what it needs.
/// </summary>
internal sealed class PortalApp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TestDatabase _database;

    private readonly bool _ownsDatabase;

    private PortalApp(WebApplication app, TestDatabase database, bool ownsDatabase) => (_app, _database, _ownsDatabase) = (app, database, ownsDatabase);

    public IServiceProvider Services => _app.Services;

    public TestDatabase Database => _database;

    /// <summary>Where it listens, <c>http://127.0.0.1:PORT/</c>.</summary>
    public Uri Address => new(_app.Urls.First());

    public static async Task<PortalApp> StartAsync(IReadOnlyDictionary<string, string>? configuration = null)
    {
        var database = await TestDatabase.CreatePortalAsync();
        try
        {
            return await StartAsync(database, configuration, ownsDatabase: true);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>One more node over the same portal database.</summary>
    public static Task<PortalApp> StartNodeAsync(TestDatabase database, IReadOnlyDictionary<string, string>? configuration = null) =>
        StartAsync(database, configuration, ownsDatabase: false);

    private static async Task<PortalApp> StartAsync(TestDatabase database, IReadOnlyDictionary<string, string>? configuration, bool ownsDatabase)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["environment"] = "Development",
            ["urls"] = "http://127.0.0.1:0",
            ["ConnectionStrings:Portal"] = database.ConnectionString,
            ["Samples:Load"] = "none",
            ["Logging:LogLevel:Default"] = "Warning",
        };
        foreach (var (key, value) in configuration ?? new Dictionary<string, string>(StringComparer.Ordinal))
            settings[key] = value;
        var app = await Program.BuildAsync([.. settings.Select(x => $"--{x.Key}={x.Value}")]);
        await app.StartAsync();
        return new(app, database, ownsDatabase);
    }

    /// <summary>The portal over two chat databases, as the pool pair <c>contoso</c>.</summary>
    public static Task<PortalApp> StartAsync(TestDatabase legacy, TestDatabase target) => StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["PoolPairs:0:Id"] = "contoso",
        ["PoolPairs:0:Name"] = "Contoso",
        ["PoolPairs:0:Legacy:Product"] = "LyncGroupChat2010",
        ["PoolPairs:0:Legacy:Provider"] = "PostgreSql",
        ["PoolPairs:0:Legacy:ConnectionString"] = legacy.ConnectionString,
        ["PoolPairs:0:New:Product"] = "LyncPersistentChat2013",
        ["PoolPairs:0:New:Provider"] = "PostgreSql",
        ["PoolPairs:0:New:ConnectionString"] = target.ConnectionString,
    });

    /// <summary>Speaks as one of the personas: viewer, planner, approver, approver2, operator, auditor, administrator.</summary>
    public HttpClient ClientFor(string persona)
    {
        var client = AnonymousClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", $"dev-{persona}");
        return client;
    }

    public HttpClient AnonymousClient() => new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Address };

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_ownsDatabase)
            await _database.DisposeAsync();
    }
}
