using Npgsql;

namespace MigrationPortal.Tests.Shared;

/// <summary>Whatever reads this table waits until it is let go: pages show then that they are loading, for as long as a test looks.</summary>
internal sealed class HeldTable : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;

    private HeldTable(NpgsqlConnection connection) => _connection = connection;

    /// <param name="mode">With <c>share</c> whoever reads goes on, and whoever writes waits.</param>
    public static async Task<HeldTable> HoldAsync(TestDatabase database, string table, string mode = "access exclusive")
    {
        var connection = await database.OpenAsync();
        await using var command = new NpgsqlCommand($"begin; lock table {table} in {mode} mode", connection);
        await command.ExecuteNonQueryAsync();
        return new(connection);
    }

    public async ValueTask DisposeAsync()
    {
        await using (var command = new NpgsqlCommand("rollback", _connection))
            await command.ExecuteNonQueryAsync();
        await _connection.DisposeAsync();
    }
}
