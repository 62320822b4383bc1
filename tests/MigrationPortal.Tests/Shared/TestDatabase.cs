using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Data.Postgres;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Samples.ChatSchema;
using MigrationPortal.Tests.Shared.Servers;
using Npgsql;

namespace MigrationPortal.Tests.Shared;

/// <summary>A fresh database of one test, dropped with it. Made from a template, so that it costs tens of milliseconds.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private static readonly SemaphoreSlim Creating = new(1);
    private static readonly Dictionary<string, Task> Templates = [];
    private static int _last;

    private readonly PrivatePostgres _server;
    private ServerKind _kind;
    private Mirror? _mirror;

    private TestDatabase(PrivatePostgres server, string name) => (_server, Name, ConnectionString) = (server, name, server.ConnectionString(name));

    public string Name { get; }

    public string ConnectionString { get; }

    /// <summary>An empty database.</summary>
    public static Task<TestDatabase> CreateAsync() => FromTemplateAsync("template0", null);

    /// <summary>A legacy chat database: the schema and its lookup rows; no root, no people.</summary>
    public static async Task<TestDatabase> CreateLegacyAsync(ServerKind? server = null) => await SeenOnAsync(
        server, await FromTemplateAsync("test_template_legacy", connection => ChatSchemas.CreateAsync(connection, ChatProduct.LyncGroupChat2010)));

    /// <summary>A new chat database as after setup: lookup rows, the root node and the system user.</summary>
    public static async Task<TestDatabase> CreateNewAsync(ServerKind? server = null) => await SeenOnAsync(
        server, await FromTemplateAsync("test_template_new", connection => ChatSchemas.CreateAsync(connection, ChatProduct.LyncPersistentChat2013)));

    /// <summary>A portal database with every migration applied.</summary>
    public static Task<TestDatabase> CreatePortalAsync() => FromTemplateAsync("test_template_portal", connection => PortalDatabase.MigrateAsync(connection.ConnectionString));

    /// <summary>Another database with the same content. Pooled connections to this one are closed first.</summary>
    public async Task<TestDatabase> CopyAsync()
    {
        await using (var connection = await OpenAsync())
            NpgsqlConnection.ClearPool(connection);
        return await SeenOnAsync(_kind, await FromTemplateAsync(Name, null));
    }

    /// <summary>As the engine sees it, on the server that it was made for.</summary>
    public ChatDatabase AsChat(ChatProduct product) =>
        _mirror?.AsChat(product)
        ?? (_kind == ServerKind.Translated
            ? new ChatDatabase(product, SqlProvider.SqlServer, TranslatingDriver.ConnectionString(this))
            : new ChatDatabase(product, SqlProvider.PostgreSql, ConnectionString));

    public PortalDbContext OpenPortal() => new(PortalDatabase.Options(ConnectionString));

    /// <summary>To look at it. Whoever writes uses <see cref="WriteAsync"/>.</summary>
    public async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        if (_mirror is not null) await _mirror.PullAsync(connection);
        return connection;
    }

    /// <summary>Where the engine itself reads and writes, past the twin; on PostgreSQL in any guise.</summary>
    public async Task<NpgsqlConnection> OpenAtEngineAsync() => _mirror is null ? await OpenAsync() : (NpgsqlConnection)await _mirror.OpenAsync();

    public async Task WriteAsync(Func<NpgsqlConnection, Task> write)
    {
        await using var connection = await OpenAsync();
        await write(connection);
        if (_mirror is not null) await _mirror.PushAsync(connection);
    }

    public Task ExecuteAsync(string sql) => WriteAsync(async connection =>
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    });

    /// <summary>Whether a statement that holds this text, or any, waits for a lock of another one of this database.</summary>
    public Task<bool> IsWaitingAsync(string statement = "") => ScalarAsync<bool>(
        $"select exists (select from pg_stat_activity where {Others} and wait_event_type = 'Lock' and query like '%{statement}%')");

    /// <summary>How many of the portal's connections are in a transaction. One that waits for its next command may begin one of its own for a moment, to learn of changes to tables.</summary>
    public Task<long> CountTransactionsAsync() => ScalarAsync<long>(
        $"select count(*) from pg_stat_activity where {Others} and application_name = 'MigrationPortal' and state <> 'idle' and (xact_start is not null or backend_xmin is not null)");

    // The server's own processes, such as autovacuum, are in the list as well.
    private const string Others = "datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'";

    /// <summary>Cuts every connection of the portal's, as a server does that stops.</summary>
    public Task CutAsync() => _mirror?.CutAsync()
        ?? OnServerAsync(_server, $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{Name}' and application_name = 'MigrationPortal'");

    /// <summary>Cuts every connection, whoever's; pooled ones of this test process included.</summary>
    public Task CutAllAsync() => OnServerAsync(_server, $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{Name}'");

    /// <summary>As a server that is restarted: nobody gets in, and whoever was in is thrown out.</summary>
    public async Task CloseAsync()
    {
        await OnServerAsync(_server, $"alter database {Name} allow_connections false");
        await CutAllAsync();
    }

    public async Task ReopenAsync()
    {
        await OnServerAsync(_server, $"alter database {Name} allow_connections true");
        await using var connection = new NpgsqlConnection(ConnectionString);
        NpgsqlConnection.ClearPool(connection);
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)Convert.ChangeType((await command.ExecuteScalarAsync())!, typeof(T), CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        if (_mirror is not null) await _mirror.DisposeAsync();
        await using (var connection = new NpgsqlConnection(ConnectionString))
            NpgsqlConnection.ClearPool(connection);
        await OnServerAsync(_server, $"drop database if exists {Name} with (force)");
    }

    internal static async Task DropLeftoversAsync(PrivatePostgres server)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString("postgres"));
        await connection.OpenAsync();
        var names = new List<string>();
        await using (var command = new NpgsqlCommand(@"select datname from pg_database where datname like 'test\_%'", connection))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                names.Add(reader.GetString(0));
        }

        foreach (var name in names)
            await OnServerAsync(server, $"drop database \"{name}\" with (force)");
    }

    private static async Task<TestDatabase> SeenOnAsync(ServerKind? server, TestDatabase database)
    {
        database._kind = server ?? EngineServer.Default;
        database._mirror = database._kind switch
        {
            ServerKind.Mirrored => new Mirror(await TranslatedMirrored.CreateAsync()),
            ServerKind.SqlServer => new Mirror(await SqlServerMirrored.CreateAsync()),
            _ => null,
        };
        if (database._mirror is not null) await database.WriteAsync(_ => Task.CompletedTask);
        return database;
    }

    private static async Task<TestDatabase> FromTemplateAsync(string template, Func<NpgsqlConnection, Task>? fill)
    {
        var server = await TestServer.GetAsync();
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{TestRun.Name}_{Interlocked.Increment(ref _last)}");
        // CREATE DATABASE cannot read a template that somebody is connected to: one at a time.
        await Creating.WaitAsync();
        try
        {
            if (fill is not null)
            {
                if (!Templates.ContainsKey(template))
                    Templates[template] = MakeTemplateAsync(server, template, fill);
                await Templates[template];
            }

            await OnServerAsync(server, $"create database {name} template {template}");
        }
        finally
        {
            Creating.Release();
        }

        return new(server, name);
    }

    private static async Task MakeTemplateAsync(PrivatePostgres server, string template, Func<NpgsqlConnection, Task> fill)
    {
        await OnServerAsync(server, $"create database {template} template template0");
        var connectionString = new NpgsqlConnectionStringBuilder(server.ConnectionString(template)) { Pooling = false };
        await using var connection = new NpgsqlConnection(connectionString.ConnectionString);
        await connection.OpenAsync();
        await fill(connection);
    }

    private static async Task OnServerAsync(PrivatePostgres server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
