using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Transfer;

/// <summary>A table of the new pool with the columns that a migration writes; the first <paramref name="KeyLength"/> of them are its key.</summary>
internal sealed record TargetTable(string Name, int KeyLength, IReadOnlyList<SqlColumn> Columns)
{
    public LedgerRow Ledger(object?[] row) => new(Name, string.Join('|', row.Take(KeyLength).Select(Text)), Hash(row));

    /// <summary>SHA-256 over <c>column=value</c> lines, in column order, NULL left out: a column that is added later changes no hash.</summary>
    public byte[] Hash(object?[] row)
    {
        var canonical = new StringBuilder();
        for (var i = 0; i < Columns.Count; i++)
            if (row[i] is { } value) canonical.Append(Columns[i].Name.Trim('"', '[', ']')).Append('=').Append(Text(value)).Append('\u001f');
        return SHA256.HashData(Utf16Text.ToBytes(canonical.ToString()));
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        bool bit => bit ? "1" : "0",
        DateTime time => time.Ticks.ToString(CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}

/// <summary>Rows of one table in the order in which they are inserted.</summary>
internal sealed record TableRows(TargetTable Table, IReadOnlyList<object?[]> Rows);
