using System.Collections;
using System.Data.Common;
using System.Globalization;

namespace MigrationPortal.Engine.Sql;

/// <summary>Rows as a bulk insert wants them: asked for one at a time, in the order of the columns.</summary>
internal sealed class RowsReader(IReadOnlyList<SqlColumn> columns, IEnumerable<object?[]> rows) : DbDataReader
{
    private readonly IEnumerator<object?[]> _rows = rows.GetEnumerator();
    private bool _isClosed;

    /// <summary>Whether any value was asked for.</summary>
    public bool IsAsked { get; private set; }

    public override int FieldCount => columns.Count;
    public override bool HasRows => true;
    public override bool IsClosed => _isClosed;
    public override int Depth => 0;
    public override int RecordsAffected => -1;
    public override object this[int ordinal] => GetValue(ordinal);
    public override object this[string name] => GetValue(GetOrdinal(name));

    public override bool Read() => _rows.MoveNext();

    public override bool NextResult() => false;

    public override string GetName(int ordinal) => columns[ordinal].Name;

    public override int GetOrdinal(string name)
    {
        for (var i = 0; i < columns.Count; i++)
            if (GetName(i).Equals(name, StringComparison.OrdinalIgnoreCase)) return i;
        throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such column.");
    }

    public override object GetValue(int ordinal)
    {
        IsAsked = true;
        return _rows.Current[ordinal] ?? DBNull.Value;
    }

    public override bool IsDBNull(int ordinal) => _rows.Current[ordinal] is null;

    public override int GetValues(object[] values)
    {
        var count = Math.Min(values.Length, FieldCount);
        for (var i = 0; i < count; i++) values[i] = GetValue(i);
        return count;
    }

    public override Type GetFieldType(int ordinal) => columns[ordinal].Type switch
    {
        SqlType.Int => typeof(int),
        SqlType.SmallInt => typeof(short),
        SqlType.BigInt => typeof(long),
        SqlType.Bit => typeof(bool),
        SqlType.Guid => typeof(Guid),
        SqlType.Text => typeof(string),
        SqlType.DateTime => typeof(DateTime),
        _ => throw new ArgumentOutOfRangeException(nameof(ordinal), ordinal, null),
    };

    public override string GetDataTypeName(int ordinal) => GetFieldType(ordinal).Name;
    public override bool GetBoolean(int ordinal) => (bool)GetValue(ordinal);
    public override byte GetByte(int ordinal) => (byte)GetValue(ordinal);
    public override char GetChar(int ordinal) => (char)GetValue(ordinal);
    public override DateTime GetDateTime(int ordinal) => (DateTime)GetValue(ordinal);
    public override decimal GetDecimal(int ordinal) => Convert.ToDecimal(GetValue(ordinal), CultureInfo.InvariantCulture);
    public override double GetDouble(int ordinal) => (double)GetValue(ordinal);
    public override float GetFloat(int ordinal) => (float)GetValue(ordinal);
    public override Guid GetGuid(int ordinal) => (Guid)GetValue(ordinal);
    public override short GetInt16(int ordinal) => (short)GetValue(ordinal);
    public override int GetInt32(int ordinal) => (int)GetValue(ordinal);
    public override long GetInt64(int ordinal) => (long)GetValue(ordinal);
    public override string GetString(int ordinal) => (string)GetValue(ordinal);
    public override IEnumerator GetEnumerator() => new DbEnumerator(this);

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => throw new NotSupportedException();

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => throw new NotSupportedException();

    public override void Close() => _isClosed = true;

    protected override void Dispose(bool disposing)
    {
        if (disposing) _rows.Dispose();
        base.Dispose(disposing);
    }
}
