using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using MigrationPortal.Engine;
using Npgsql;

namespace MigrationPortal.Tests.Shared.Servers;

/// <summary>Keeps a chat database on another server and its twin on PostgreSQL alike: the engine works there, tests write and look here.</summary>
[SuppressMessage("Security", "CA2100", Justification = "The texts are the tests' own.")]
internal sealed class Mirror(IMirroredServer server) : IAsyncDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private string _made = "";
    private IReadOnlyDictionary<string, string> _known = new Dictionary<string, string>();

    public ChatDatabase AsChat(ChatProduct product) => server.AsChat(product);

    public Task<DbConnection> OpenAsync() => server.OpenAsync();

    /// <summary>Brings what the engine wrote into the twin.</summary>
    public Task PullAsync(NpgsqlConnection twin) => AloneAsync(async () =>
    {
        if (_made.Length == 0) return;
        var tables = await TwinTable.ListAsync(twin);
        await using var there = await server.OpenAsync();
        await using var transaction = await twin.BeginTransactionAsync();
        await RunAsync(twin, "set local session_replication_role = replica");
        foreach (var table in tables)
        {
            await RunAsync(twin, $"delete from {table.Quoted}");
            await using var select = Command(there, $"select * from {table.Quoted}");
            await using var rows = await select.ExecuteReaderAsync();
            await PostgreSqlRows.InsertAsync(twin, table.Quoted, rows);
        }
        await transaction.CommitAsync();
        _known = await HashAsync(twin, tables);
    });

    /// <summary>Makes there what is here: the tables that changed since the pull, all of them where a table itself did.</summary>
    public Task PushAsync(NpgsqlConnection twin) => AloneAsync(async () =>
    {
        var tables = await TwinTable.ListAsync(twin);
        await using var there = await server.OpenAsync();
        var creation = tables.Select(x => x.Create(server)).ToList();
        if (string.Join('\n', creation) is var wanted && wanted != _made)
        {
            foreach (var statement in creation.Prepend(server.Clear)) await RunAsync(there, statement);
            (_made, _known) = (wanted, new Dictionary<string, string>());
        }
        var hashes = await HashAsync(twin, tables);
        foreach (var table in tables.Where(x => _known.GetValueOrDefault(x.Name) != hashes[x.Name]))
        {
            await RunAsync(there, $"delete from {table.Quoted}");
            await using var select = new NpgsqlCommand($"select * from {table.Quoted}", twin);
            await using var rows = await select.ExecuteReaderAsync();
            await server.InsertAsync(there, table.Quoted, rows);
        }
        _known = hashes;
    });

    public Task CutAsync() => server.CutAsync();

    public async ValueTask DisposeAsync()
    {
        _oneAtATime.Dispose();
        await server.DisposeAsync();
    }

    private async Task AloneAsync(Func<Task> work)
    {
        await _oneAtATime.WaitAsync();
        try
        {
            await work();
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private static async Task<IReadOnlyDictionary<string, string>> HashAsync(NpgsqlConnection twin, IReadOnlyList<TwinTable> tables)
    {
        var hashes = new Dictionary<string, string>();
        foreach (var table in tables)
        {
            await using var hash = new NpgsqlCommand($"select count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0))::text, '') from {table.Quoted} t", twin);
            hashes[table.Name] = (string)(await hash.ExecuteScalarAsync())!;
        }
        return hashes;
    }

    private static async Task RunAsync(DbConnection connection, string sql)
    {
        await using var command = Command(connection, sql);
        await command.ExecuteNonQueryAsync();
    }

    private static DbCommand Command(DbConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        (command.CommandText, command.CommandTimeout) = (sql, 600);
        return command;
    }
}
