using Npgsql;

namespace MigrationPortal.Data;

/// <summary>Databases as a whole: making and dropping them, from the server's maintenance database.</summary>
internal static class ServerDatabases
{
    /// <summary>Makes the database that the connection string names; one that somebody else just made is fine.</summary>
    public static async Task CreateAsync(string connectionString, CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync(connectionString, $"CREATE DATABASE {QuotedName(connectionString)} TEMPLATE template0 ENCODING 'UTF8'", cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // 42P04: all nodes may start at once on an empty server; one of them makes it.
        }
    }

    public static Task DropAsync(string connectionString, CancellationToken cancellationToken) =>
        ExecuteAsync(connectionString, $"DROP DATABASE IF EXISTS {QuotedName(connectionString)} WITH (FORCE)", cancellationToken);

    private static async Task ExecuteAsync(string connectionString, string sql, CancellationToken cancellationToken)
    {
        var maintenance = new NpgsqlConnectionStringBuilder(connectionString) { Database = "postgres", Pooling = false };
        await using var connection = new NpgsqlConnection(maintenance.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string QuotedName(string connectionString) =>
        $"\"{new NpgsqlConnectionStringBuilder(connectionString).Database!.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
