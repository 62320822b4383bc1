using System.Data.Common;
using System.Globalization;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Reading;

/// <summary>
/// One row, read column by column: a value that is missing where one is needed, or that is none of its kind, becomes a fault of the
/// row and never an exception, so that one bad row does not end the reading of a pool.
/// </summary>
internal readonly struct ChatRow(DbDataReader row, RowShape shape, RowFaults faults)
{
    private static readonly Wording Missing = new("Fault.Null");
    private static readonly Wording Unreadable = new("Fault.Unreadable");

    public int? Int(int column) => Read(column, NullableColumns.Int);

    public long? Long(int column) => Read(column, NullableColumns.Long);

    public bool? Bool(int column) => Read(column, NullableColumns.Bool);

    public Guid? Guid(int column) => Read(column, static (row, i) => row.GetGuid(i));

    public DateTime? Time(int column) => Read(column, static (row, i) => row.GetDateTime(i));

    public string? Text(int column)
    {
        if (row.IsDBNull(column)) return null;
        try
        {
            return VisibleText.Of(row.GetString(column));
        }
        catch (Exception failure) when (NullableColumns.IsOfTheValue(failure))
        {
            Fault(column, Unreadable);
            return null;
        }
    }

    /// <summary>A value without which the row cannot be used.</summary>
    public int? NeedInt(int column) => Int(column) ?? Lacking<int>(column);

    /// <summary>The same, where a database without the column says something by that.</summary>
    public int? NeedIntOfPresent(int column) => Has(column) ? NeedInt(column) : null;

    public Guid? NeedGuid(int column) => Guid(column) ?? Lacking<Guid>(column);

    public string? NeedText(int column)
    {
        var text = Text(column);
        if (text is null && row.IsDBNull(column)) Lack(column);
        return text;
    }

    public bool? NeedBool(int column) => Bool(column) ?? Lacking<bool>(column);

    /// <summary>A value that <paramref name="assumed"/> stands in for, which people are told.</summary>
    public bool AssumeBool(int column, bool assumed, string words) => Bool(column) ?? Assumed(column, assumed, words);

    public long AssumeLong(int column, long assumed, string words) => Long(column) ?? Assumed(column, assumed, words);

    public bool Has(int column) => shape.Columns[column] is not null;

    public void Fault(int column, Wording problem, bool blocks = true) => faults.Add(new RowFault(shape.Table, shape.Columns[column] ?? "", Key(), problem)
    {
        NodeId = Own(shape.NodeColumn),
        PrincipalId = shape.NodeColumn is null ? Own(shape.PrincipalColumn) : null,
        Blocks = blocks && (Own(shape.NodeColumn) ?? Own(shape.PrincipalColumn)) is not null,
    });

    private T? Read<T>(int column, Func<DbDataReader, int, T> read) where T : struct
    {
        if (row.IsDBNull(column)) return null;
        try
        {
            return read(row, column);
        }
        catch (Exception failure) when (NullableColumns.IsOfTheValue(failure))
        {
            Fault(column, Unreadable);
            return null;
        }
    }

    private T? Lacking<T>(int column) where T : struct
    {
        if (row.IsDBNull(column)) Lack(column);
        return null;
    }

    private void Lack(int column)
    {
        if (Has(column)) Fault(column, Missing);
    }

    private T Assumed<T>(int column, T assumed, string words)
    {
        if (Has(column) && row.IsDBNull(column)) Fault(column, new("Fault.Assumed", new Wording(words)), blocks: false);
        return assumed;
    }

    private int? Own(int? column)
    {
        if (column is not { } own || row.IsDBNull(own)) return null;
        try
        {
            return row.Int(own);
        }
        catch (Exception failure) when (NullableColumns.IsOfTheValue(failure))
        {
            return null;
        }
    }

    private string Key()
    {
        var reader = row;
        var columns = shape.Columns;
        return string.Join(", ", Enumerable.Range(0, shape.KeyLength).Select(i =>
            $"{columns[i]} {(reader.IsDBNull(i) ? "NULL" : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))}"));
    }
}
