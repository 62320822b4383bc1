using System.Data.Common;
using System.Globalization;

namespace MigrationPortal.Engine.Sql;

/// <summary>
/// Columns by meaning instead of width: OCS 2007 R2's types are not documented, a bit may be a number there, and SQL Server's driver
/// takes no other type than the column's.
/// </summary>
internal static class NullableColumns
{
    /// <summary>A value of another type, beyond its width, or no number at all; anything else is the database's failure.</summary>
    public static bool IsOfTheValue(Exception failure) =>
        failure is InvalidCastException or OverflowException or FormatException or ArgumentException or System.Data.SqlTypes.SqlTypeException;

    // The usual types are read as they are: a scan reads millions of values, and GetValue makes an object of each.
    public static int Int(this DbDataReader row, int column) =>
        row.GetFieldType(column) == typeof(int) ? row.GetInt32(column) : Convert.ToInt32(row.GetValue(column), CultureInfo.InvariantCulture);

    /// <summary>Null where it is NULL or no number of 32 bits.</summary>
    public static int? TryInt(this DbDataReader row, int column) =>
        row.TryLong(column) is { } number and >= int.MinValue and <= int.MaxValue ? (int)number : null;

    /// <summary>Null where it is NULL or no number of 64 bits.</summary>
    public static long? TryLong(this DbDataReader row, int column)
    {
        if (row.IsDBNull(column)) return null;
        var type = row.GetFieldType(column);
        return type == typeof(long) ? row.GetInt64(column) : type == typeof(int) ? row.GetInt32(column) : Parsed(row, column);
    }

    private static long? Parsed(DbDataReader row, int column) =>
        !decimal.TryParse(Convert.ToString(row.GetValue(column), CultureInfo.InvariantCulture), NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
            || number < long.MinValue || number > long.MaxValue
            ? null
            : (long)number;

    public static long Long(this DbDataReader row, int column) =>
        row.GetFieldType(column) == typeof(long) ? row.GetInt64(column) : Convert.ToInt64(row.GetValue(column), CultureInfo.InvariantCulture);

    public static bool Bool(this DbDataReader row, int column) =>
        row.GetFieldType(column) == typeof(bool) ? row.GetBoolean(column) : Convert.ToBoolean(row.GetValue(column), CultureInfo.InvariantCulture);

    public static bool? BoolOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.Bool(column);

    public static int? IntOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.Int(column);

    public static string? TextOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : VisibleText.Of(row.GetString(column));

    public static Guid GuidOrEmpty(this DbDataReader row, int column) => row.IsDBNull(column) ? Guid.Empty : row.GetGuid(column);
}
