using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Options;
using MigrationPortal.Data.Postgres;
using MigrationPortal.Start;
using Npgsql;

namespace MigrationPortal.Data;

/// <summary>The portal's own database, on the configured server or on a private one. Opened once, before anything asks for it.</summary>
internal sealed partial class PortalDatabase(IOptions<DataOptions> options, IHostEnvironment environment, ILogger<PortalDatabase> log) : IAsyncDisposable
{
    private const string PrivateName = "migrationportal";
    private const string History = "__migrations";

    // Any number that nobody else locks.
    private const long MigratingLock = 0x4D494752;

    private PrivatePostgres? _server;
    private string? _connectionString;

    public string ConnectionString => _connectionString ?? throw new InvalidOperationException("The portal's database is not open yet.");

    /// <summary>The portal's own server; null when the configuration names one.</summary>
    public PrivatePostgres? Server => _server;

    public async Task OpenAsync(CancellationToken cancellationToken = default)
    {
        if (options.Value.IsPrivate)
        {
            var directory = options.Value.Directory;
            _server = await PrivatePostgres.StartAsync(
                directory ?? Path.Combine(environment.ContentRootPath, "data"), directory is null, options.Value.ServerSettings, cancellationToken);
            // Registered beside disposal: a start that fails later still stops its server.
            AppDomain.CurrentDomain.ProcessExit += StopServer;
            Ready(_server.Directory, _server.IsAdopted ? "adopted" : "started");
            if (_server.Notice is { } notice)
                Moved(notice);
        }

        _connectionString = WithoutJit(_server?.ConnectionString(PrivateName) ?? options.Value.ConnectionString!);
        try
        {
            await CreateAsync(_connectionString, cancellationToken);
            await MigrateAsync(_connectionString, cancellationToken);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException && _server is null)
        {
            throw new StartupRefusedException($"The portal's database ({DataOptions.ConnectionStringKey}) cannot be used: {exception.Message}");
        }
    }

    /// <summary>
    /// Half of what a cold start costs is EF getting to know the model and its first query: begun here on a core of its own, while the
    /// server comes up. What fails here fails again where somebody waits for it.
    /// </summary>
    public static Task WarmUpAsync() => Task.Run(() =>
    {
        using var db = new PortalDbContext(Options("Host=nowhere.invalid"));
        return db.Set<ProtectionKey>().AsNoTracking().ToQueryString();
    });

    public static DbContextOptions<PortalDbContext> Options(string connectionString) => Configure(new DbContextOptionsBuilder<PortalDbContext>(), connectionString).Options;

    public static T Configure<T>(T builder, string connectionString)
        where T : DbContextOptionsBuilder
    {
        builder.UseNpgsql(connectionString, npgsql => npgsql
            .MigrationsHistoryTable(History, PortalDbContext.Schema)
            // The provider's own strategy wraps what passes by itself in InvalidOperationException, which looks like a bug.
            .ExecutionStrategy(dependencies => new NonRetryingExecutionStrategy(dependencies)));
        // Told once, by whoever catches it: a refused row is a normal answer, and while the database is away each waiting reading fails.
        builder.ConfigureWarnings(x => x.Log(
            (RelationalEventId.ConnectionError, LogLevel.Debug), (RelationalEventId.CommandError, LogLevel.Debug), (RelationalEventId.TransactionError, LogLevel.Debug),
            (CoreEventId.SaveChangesFailed, LogLevel.Debug), (CoreEventId.QueryIterationFailed, LogLevel.Debug), (CoreEventId.OptimisticConcurrencyException, LogLevel.Debug)));
        return builder;
    }

    /// <summary>Several nodes may do this at once: one migrates, the others wait and find it done.</summary>
    public static async Task MigrateAsync(string connectionString, CancellationToken cancellationToken = default)
    {
        // EF's own lock is on its history table, which does not exist the first time.
        await using var gate = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await gate.OpenAsync(cancellationToken);
        await using (var take = new NpgsqlCommand($"select pg_advisory_lock({MigratingLock})", gate) { CommandTimeout = 0 })
            await take.ExecuteNonQueryAsync(cancellationToken);

        if (await IsUpToDateAsync(gate, cancellationToken))
            return;
        await using var db = new PortalDbContext(Options(connectionString));
        await using (var schema = new NpgsqlCommand($"CREATE SCHEMA IF NOT EXISTS {Jobs.JobsFeature.Schema}", gate))
            await schema.ExecuteNonQueryAsync(cancellationToken);
        await SqlMigrations.ApplyAsync(db, gate, cancellationToken: cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
    }

    // Nearly every start: asked plainly, because EF's machinery for an answer of "nothing to do" took a fifth of the way to the first page.
    private static async Task<bool> IsUpToDateAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var exists = new NpgsqlCommand($"select to_regclass('{PortalDbContext.Schema}.{History}') is not null", connection);
        if (!(bool)(await exists.ExecuteScalarAsync(cancellationToken))!)
            return false;
        await using var missing = new NpgsqlCommand($"select exists (select unnest($1) except select \"MigrationId\" from {PortalDbContext.Schema}.{History})", connection);
        missing.Parameters.Add(new() { Value = SqlMigrations.Ids.Concat(MadeByTool()).ToArray() });
        return !(bool)(await missing.ExecuteScalarAsync(cancellationToken))!;
    }

    private static IEnumerable<string> MadeByTool() => typeof(PortalDatabase).Assembly.GetTypes()
        .Where(x => x.BaseType == typeof(Migration) && !x.IsAbstract).Select(x => x.GetCustomAttribute<MigrationAttribute>()!.Id);

    public async ValueTask DisposeAsync()
    {
        if (_server is null)
            return;
        AppDomain.CurrentDomain.ProcessExit -= StopServer;
        NpgsqlConnection.ClearAllPools();
        await _server.StopAsync();
    }

    // Compiling a statement takes up to 0.8 s, which none of the portal's gains back.
    private static string WithoutJit(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (settings.Options?.Contains("jit", StringComparison.OrdinalIgnoreCase) != true)
            settings.Options = $"{settings.Options} -c jit=off".TrimStart();
        return settings.ConnectionString;
    }

    private void StopServer(object? sender, EventArgs e) => _server?.StopAsync().GetAwaiter().GetResult();

    private static async Task CreateAsync(string connectionString, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync(cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            await ServerDatabases.CreateAsync(connectionString, cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The private PostgreSQL in {Directory} is {How}.")]
    private partial void Ready(string directory, string how);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Notice}")]
    private partial void Moved(string notice);
}
