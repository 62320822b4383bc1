using System.Data.Common;
using System.Globalization;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Transfer;

/// <summary>A row as it stands in the new pool, in the ledger's words.</summary>
internal sealed record FoundRow(object?[] Values, LedgerRow Ledger);

/// <summary>Reads rows back as they were written, so that the ledger can tell whether somebody changed them.</summary>
internal sealed class WrittenRows(ChatSession session)
{
    // A row that is there twice, in a database without keys, is nothing that anybody wrote for a batch: no hash is empty.
    private static readonly byte[] _twice = [];

    public Task<List<FoundRow>> ReadAsync(TargetTable table, string column, IEnumerable<object> values, CancellationToken cancellationToken) =>
        session.ListAnyOfAsync(
            $"select {string.Join(", ", table.Columns.Select(x => x.Name))} from {table.Name}",
            column,
            values,
            row =>
            {
                var found = new object?[table.Columns.Count];
                for (var i = 0; i < found.Length; i++) found[i] = Value(row, i, table.Columns[i].Type);
                return new FoundRow(found, table.Ledger(found));
            },
            cancellationToken);

    /// <summary>Hashes of the rows with those keys that are there.</summary>
    public async Task<Dictionary<(string Table, string Key), byte[]>> HashAsync(IEnumerable<RowChange> changes, CancellationToken cancellationToken) =>
        (await FindAsync(changes, cancellationToken)).ToDictionary(x => x.Key, x => x.Value.Ledger.Hash);

    /// <summary>The rows with those keys that are there, some others that share a part of their key among them.</summary>
    public async Task<Dictionary<(string Table, string Key), FoundRow>> FindAsync(IEnumerable<RowChange> changes, CancellationToken cancellationToken)
    {
        var found = new Dictionary<(string, string), FoundRow>();
        foreach (var group in changes.GroupBy(x => x.Table))
        {
            var table = TargetTables.Find(group.Key, session.Dialect);
            var keys = group.Select(x => x.Key.Split('|')[0]).Distinct(StringComparer.Ordinal)
                .Select(x => table.Columns[0].Type == SqlType.Guid ? (object)Guid.Parse(x) : int.Parse(x, CultureInfo.InvariantCulture));
            foreach (var row in await ReadAsync(table, table.Columns[0].Name, keys, cancellationToken))
                if (!found.TryAdd((group.Key, row.Ledger.Key), row)) found[(group.Key, row.Ledger.Key)] = row with { Ledger = row.Ledger with { Hash = _twice } };
        }
        return found;
    }

    // Whoever changed a row may have put anything there: it differs from what was written, and that is all that is asked.
    private static object? Value(DbDataReader row, int i, SqlType type)
    {
        try
        {
            return row.IsDBNull(i) ? null : Read(row, i, type);
        }
        catch (Exception failure) when (NullableColumns.IsOfTheValue(failure))
        {
            return UnreadableValue.Instance;
        }
    }

    // Not every generation's types are documented: the same number may come in another width.
    private static object Read(DbDataReader row, int i, SqlType type) => type switch
    {
        SqlType.Int => Convert.ToInt32(row.GetValue(i), CultureInfo.InvariantCulture),
        SqlType.SmallInt => Convert.ToInt16(row.GetValue(i), CultureInfo.InvariantCulture),
        SqlType.BigInt => Convert.ToInt64(row.GetValue(i), CultureInfo.InvariantCulture),
        SqlType.Bit => Convert.ToBoolean(row.GetValue(i), CultureInfo.InvariantCulture),
        SqlType.Guid => row.GetGuid(i),
        SqlType.DateTime => row.GetDateTime(i),
        _ => row.GetString(i),
    };
}

/// <summary>Stands for a value of another kind than its column's, in a row that somebody changed.</summary>
internal sealed class UnreadableValue
{
    public static readonly UnreadableValue Instance = new();

    private UnreadableValue()
    {
    }

    public override string ToString() => "\u001a";
}
