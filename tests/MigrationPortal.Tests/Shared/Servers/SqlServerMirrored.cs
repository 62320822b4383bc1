using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Data.SqlClient;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Tests.Shared.Servers;

/// <summary>A chat database on the SQL Server that the environment names; dropped with its test.</summary>
[SuppressMessage("Security", "CA2100", Justification = "The texts are the tests' own.")]
internal sealed class SqlServerMirrored : IMirroredServer
{
    private const int LongestNVarChar = 4000;

    private static int _last;

    private readonly string _name = string.Create(CultureInfo.InvariantCulture, $"migrationportal_test_{TestRun.Name}_{Interlocked.Increment(ref _last)}");

    public string Identity => "identity";

    public string Clear => """
        declare @drop nvarchar(max)
        while exists (select 1 from sys.tables)
        begin
            set @drop = (select top (1) N'drop table ' + quotename(name) from sys.tables order by name)
            exec (@drop)
        end
        """;

    private string ConnectionString => new SqlConnectionStringBuilder(OnSqlServerAttribute.ConnectionString) { InitialCatalog = _name }.ConnectionString;

    public static async Task<SqlServerMirrored> CreateAsync()
    {
        var server = new SqlServerMirrored();
        await OnServerAsync($"create database {server._name} collate SQL_Latin1_General_CP1_CI_AS");
        return server;
    }

    public ChatDatabase AsChat(ChatProduct product) => new(product, SqlProvider.SqlServer, ConnectionString);

    public async Task<DbConnection> OpenAsync() => await OpenAsync(ConnectionString);

    public string TypeOf(string type) => type switch
    {
        "integer" => "int",
        "boolean" => "bit",
        "uuid" => "uniqueidentifier",
        "timestamp without time zone" => "datetime",
        "bytea" => "image",
        "text" or "character varying" => "nvarchar(max)",
        _ when type.StartsWith("character varying(", StringComparison.Ordinal) => Text(int.Parse(type.AsSpan(18, type.Length - 19), CultureInfo.InvariantCulture)),
        _ => type,
    };

    public async Task InsertAsync(DbConnection connection, string table, DbDataReader rows)
    {
        using var copy = new SqlBulkCopy((SqlConnection)connection, SqlBulkCopyOptions.KeepIdentity | SqlBulkCopyOptions.KeepNulls, null) { DestinationTableName = table, BulkCopyTimeout = 600 };
        await copy.WriteToServerAsync(rows);
    }

    public Task CutAsync() => OnServerAsync($"""
        declare @spid int, @cut nvarchar(max)
        set @spid = 0
        while 1 = 1
        begin
            set @spid = (select min(spid) from sys.sysprocesses where spid > @spid and dbid = db_id('{_name}') and program_name = 'MigrationPortal')
            if @spid is null break
            set @cut = N'kill ' + cast(@spid as nvarchar(10))
            exec (@cut)
        end
        """);

    /// <summary>Once nobody is connected: a server may need a moment to notice that a connection is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        await CutAsync();
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                await OnServerAsync($"drop database {_name}");
                return true;
            }
            // 3702: the database is in use.
            catch (SqlException inUse) when (inUse.Number == 3702)
            {
                return false;
            }
        });
    }

    private static string Text(int length) => length > LongestNVarChar ? "nvarchar(max)" : string.Create(CultureInfo.InvariantCulture, $"nvarchar({length})");

    private static async Task OnServerAsync(string sql)
    {
        await using var connection = await OpenAsync(OnSqlServerAttribute.ConnectionString!);
        await using var command = new SqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<SqlConnection> OpenAsync(string connectionString)
    {
        var connection = new SqlConnection(new SqlConnectionStringBuilder(connectionString) { Pooling = false, ApplicationName = "MigrationPortal tests" }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }
}
