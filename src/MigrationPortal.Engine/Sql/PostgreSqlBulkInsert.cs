using Npgsql;
using NpgsqlTypes;

namespace MigrationPortal.Engine.Sql;

internal static class PostgreSqlBulkInsert
{
    public static async Task WriteAsync(
        WritingSession session, string table, IReadOnlyList<SqlColumn> columns, IEnumerable<object?[]> rows, CancellationToken cancellationToken)
    {
        var names = string.Join(", ", columns.Select(x => x.Name));
        await using var import = await ((NpgsqlConnection)session.Connection).BeginBinaryImportAsync(
            $"copy {table} ({names}) from stdin (format binary)", cancellationToken);
        foreach (var row in rows)
        {
            await import.StartRowAsync(cancellationToken);
            for (var i = 0; i < columns.Count; i++)
            {
                if (row[i] is { } value) await import.WriteAsync(value, TypeOf(columns[i].Type), cancellationToken);
                else await import.WriteNullAsync(cancellationToken);
            }
        }
        await import.CompleteAsync(cancellationToken);
    }

    private static NpgsqlDbType TypeOf(SqlType type) => type switch
    {
        SqlType.Int => NpgsqlDbType.Integer,
        SqlType.SmallInt => NpgsqlDbType.Smallint,
        SqlType.BigInt => NpgsqlDbType.Bigint,
        SqlType.Bit => NpgsqlDbType.Boolean,
        SqlType.Guid => NpgsqlDbType.Uuid,
        SqlType.Text => NpgsqlDbType.Varchar,
        SqlType.DateTime => NpgsqlDbType.Timestamp,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };
}
