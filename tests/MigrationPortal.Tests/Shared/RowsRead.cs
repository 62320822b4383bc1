using Npgsql;

namespace MigrationPortal.Tests.Shared;

/// <summary>Counts the rows of a table that statements read, by the server's own figures: what they cost, on any machine.</summary>
internal static class RowsRead
{
    public static async Task<long> OfAsync(TestDatabase database, string table, Func<Task> work)
    {
        var before = await ReadAsync(database, table);
        await work();
        return await ReadAsync(database, table) - before;
    }

    // A connection's figures are complete when it has ended. Whoever works here has only pooled ones.
    private static async Task<long> ReadAsync(TestDatabase database, string table)
    {
        await using (var pooled = new NpgsqlConnection(database.ConnectionString))
            NpgsqlConnection.ClearPool(pooled);
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await Eventually.TrueAsync(async () =>
        {
            await using var alone = new NpgsqlCommand(
                "select not exists (select from pg_stat_activity where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid())", connection);
            return (bool)(await alone.ExecuteScalarAsync())!;
        });
        await using var read = new NpgsqlCommand(
            """
            select coalesce(sum(t.seq_tup_read), 0)::bigint + coalesce((select sum(i.idx_tup_read) from pg_stat_user_indexes i where i.schemaname = 'portal' and i.relname = @table), 0)::bigint
            from pg_stat_user_tables t where t.schemaname = 'portal' and t.relname = @table
            """,
            connection);
        read.Parameters.AddWithValue("table", table);
        return (long)(await read.ExecuteScalarAsync())!;
    }
}
