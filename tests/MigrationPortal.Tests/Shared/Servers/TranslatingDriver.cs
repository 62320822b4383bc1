using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.SqlClient;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Tests.Shared;
using Npgsql;

namespace MigrationPortal.Tests.Shared.Servers;

/// <summary>
/// Takes T-SQL to PostgreSQL where the server is called <c>translated</c>, and to SqlClient anywhere else. It writes down every
/// statement, so that what the dialect says can be reviewed.
/// </summary>
internal sealed class TranslatingDriver : ISqlServerDriver
{
    public const string ServerName = "translated";

    private static readonly ConcurrentDictionary<string, ConcurrentQueue<string>> _said = new(StringComparer.Ordinal);
    private readonly SqlClientDriver _real = new();

    [ModuleInitializer]
    internal static void Install() => SqlServerDialect.Instance = new SqlServerDialect(new TranslatingDriver());

    public static string ConnectionString(TestDatabase database, bool allowsSnapshot = true) =>
        $"Server={ServerName};Database={database.Name};User ID={(allowsSnapshot ? "snapshot" : "committed")}";

    public static IEnumerable<string> SaidTo(TestDatabase database) => _said.GetValueOrDefault(database.Name) ?? [];

    public static void WriteDown(string database, string statement) => _said.GetOrAdd(database, _ => new()).Enqueue(statement);

    public async Task<DbConnection> OpenAsync(string connectionString, CancellationToken cancellationToken)
    {
        var settings = new SqlConnectionStringBuilder(connectionString);
        if (settings.DataSource != ServerName) return await _real.OpenAsync(connectionString, cancellationToken);
        var server = await TestServer.GetAsync();
        var target = new NpgsqlConnectionStringBuilder(server.ConnectionString(settings.InitialCatalog)) { Pooling = false, ApplicationName = settings.ApplicationName };
        var connection = new NpgsqlConnection(target.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return new TranslatedConnection(connection, allowsSnapshot: settings.UserID == "snapshot");
    }

    public void ForgetIdle(DbConnection connection)
    {
        if (connection is SqlConnection) _real.ForgetIdle(connection);
    }

    public async Task BulkInsertAsync(ChatSession session, string table, bool keepsIdentity, RowsReader rows, CancellationToken cancellationToken)
    {
        if (session.Connection is not TranslatedConnection translated)
        {
            await _real.BulkInsertAsync(session, table, keepsIdentity, rows, cancellationToken);
            return;
        }
        // Quoted: a bulk copy maps its columns by name, case and all.
        var names = string.Join(", ", Enumerable.Range(0, rows.FieldCount).Select(x => $"\"{rows.GetName(x)}\""));
        WriteDown(translated.Database, $"insert bulk {table} ({names})");
        await using var import = await translated.Inner.BeginBinaryImportAsync($"copy {table.TrimStart('#')} ({names}) from stdin (format binary)", cancellationToken);
        while (rows.Read())
        {
            await import.StartRowAsync(cancellationToken);
            for (var i = 0; i < rows.FieldCount; i++)
            {
                if (rows.IsDBNull(i)) await import.WriteNullAsync(cancellationToken);
                else await import.WriteAsync(rows.GetValue(i), cancellationToken);
            }
        }
        await import.CompleteAsync(cancellationToken);
    }
}
