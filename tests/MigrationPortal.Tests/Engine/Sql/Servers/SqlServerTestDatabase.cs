using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.SqlClient;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Samples.ChatSchema;
using MigrationPortal.Tests.Shared;
using Npgsql;

namespace MigrationPortal.Tests.Engine.Sql.Servers;

/// <summary>A chat database on the SQL Server that the environment names, with the rows of one on PostgreSQL; dropped with its test.</summary>
[SuppressMessage("Security", "CA2100", Justification = "The texts are the tests' own.")]
internal sealed partial class SqlServerTestDatabase : IAsyncDisposable
{
    private static int _last;

    private readonly string _name = string.Create(CultureInfo.InvariantCulture, $"migrationportal_test_{Environment.ProcessId}_{Interlocked.Increment(ref _last)}");

    public string ConnectionString => new SqlConnectionStringBuilder(OnSqlServerAttribute.ConnectionString) { InitialCatalog = _name }.ConnectionString;

    public static async Task<SqlServerTestDatabase> CopyAsync(TestDatabase from, ChatProduct product)
    {
        var database = new SqlServerTestDatabase();
        await RunAsync(OnSqlServerAttribute.ConnectionString!, $"create database {database._name} collate SQL_Latin1_General_CP1_CI_AS");
        await RunAsync(database.ConnectionString, Tables(ChatSchemas.Ddl(product)));
        await using var source = await from.OpenAsync();
        var tables = new List<string>();
        await using (var list = new NpgsqlCommand("select relname from pg_class where relkind = 'r' and relname like 'tbl%' and pg_table_is_visible(oid)", source))
        await using (var reader = await list.ExecuteReaderAsync())
            while (await reader.ReadAsync()) tables.Add(reader.GetString(0));
        foreach (var table in tables)
        {
            await using var select = new NpgsqlCommand($"select * from {table}", source);
            await using var rows = await select.ExecuteReaderAsync();
            using var copy = new SqlBulkCopy(database.ConnectionString) { DestinationTableName = table };
            await copy.WriteToServerAsync(rows);
        }
        return database;
    }

    public ChatDatabase AsChat(ChatProduct product) => new(product, SqlProvider.SqlServer, ConnectionString);

    public Task ExecuteAsync(string sql) => RunAsync(ConnectionString, sql);

    public async ValueTask DisposeAsync() => await RunAsync(
        OnSqlServerAttribute.ConnectionString!, $"alter database {_name} set single_user with rollback immediate; drop database {_name}");

    private static async Task RunAsync(string connectionString, string sql)
    {
        await using var connection = new SqlConnection(new SqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new SqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The documented types of the documented tables; the rows come from the other database.</summary>
    private static string Tables(string ddl)
    {
        ddl = Inserts().Replace(ddl, "");
        foreach (var (from, to) in new[] { ("boolean", "bit"), ("uuid", "uniqueidentifier"), ("varchar", "nvarchar"), ("text", "nvarchar(max)"), ("timestamp", "datetime"), ("bytea", "image") })
            ddl = Regex.Replace(ddl, $@"\b{from}\b", to, RegexOptions.None, TimeSpan.FromSeconds(1));
        return ddl.Replace("\"index\"", "[index]", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^INSERT INTO.*?;\s*$", RegexOptions.Singleline | RegexOptions.Multiline, 1000)]
    private static partial Regex Inserts();
}
