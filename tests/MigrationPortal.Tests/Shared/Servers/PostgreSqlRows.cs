using System.Data.Common;
using Npgsql;

namespace MigrationPortal.Tests.Shared.Servers;

internal static class PostgreSqlRows
{
    /// <summary>Adds rows whose columns have the table's names.</summary>
    public static async Task InsertAsync(NpgsqlConnection connection, string table, DbDataReader rows)
    {
        var columns = string.Join(", ", Enumerable.Range(0, rows.FieldCount).Select(x => $"\"{rows.GetName(x)}\""));
        await using var import = await connection.BeginBinaryImportAsync($"copy {table} ({columns}) from stdin (format binary)");
        while (await rows.ReadAsync())
        {
            await import.StartRowAsync();
            for (var i = 0; i < rows.FieldCount; i++)
            {
                if (await rows.IsDBNullAsync(i)) await import.WriteNullAsync();
                else await import.WriteAsync(rows.GetValue(i));
            }
        }
        await import.CompleteAsync();
    }
}
