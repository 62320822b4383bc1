using Npgsql;
using NpgsqlTypes;

namespace MigrationPortal.Samples.Writing;

/// <summary>Binary COPY of rows into one table; the fastest way in.</summary>
internal static class CopyRows
{
    /// <param name="columns">Name and type of each column, in the order of the row's values: <c>nodeID:int4 nodeGuid:uuid</c>.</param>
    public static async Task IntoAsync(NpgsqlConnection connection, string table, string columns, IEnumerable<object?[]> rows, CancellationToken cancellationToken)
    {
        var fields = columns.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(x => x.Split(':')).ToArray();
        var types = fields.Select(x => Type(x[1])).ToArray();
        await using var writer = await connection.BeginBinaryImportAsync($"COPY {table} ({string.Join(", ", fields.Select(x => x[0]))}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        foreach (var row in rows)
        {
            await writer.StartRowAsync(cancellationToken);
            for (var i = 0; i < types.Length; i++)
            {
                if (row[i] is { } value)
                    await writer.WriteAsync(value, types[i], cancellationToken);
                else
                    await writer.WriteNullAsync(cancellationToken);
            }
        }

        await writer.CompleteAsync(cancellationToken);
    }

    private static NpgsqlDbType Type(string word) => word switch
    {
        "bool" => NpgsqlDbType.Boolean,
        "int2" => NpgsqlDbType.Smallint,
        "int4" => NpgsqlDbType.Integer,
        "int8" => NpgsqlDbType.Bigint,
        "uuid" => NpgsqlDbType.Uuid,
        "time" => NpgsqlDbType.Timestamp,
        _ => NpgsqlDbType.Text,
    };
}
