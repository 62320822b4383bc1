using System.Data.Common;
using System.Globalization;

namespace MigrationPortal.Engine.Sql;

/// <summary>
/// Columns by meaning instead of width: OCS 2007 R2's types are not documented, a bit may be a number there, and SQL Server's driver
/// takes no other type than the column's.
/// </summary>
internal static class NullableColumns
{
    public static int Int(this DbDataReader row, int column) => Convert.ToInt32(row.GetValue(column), CultureInfo.InvariantCulture);

    /// <summary>Null where it is NULL or no number of 32 bits.</summary>
    public static int? TryInt(this DbDataReader row, int column) =>
        row.TryLong(column) is { } number and >= int.MinValue and <= int.MaxValue ? (int)number : null;

    /// <summary>Null where it is NULL or no number of 64 bits.</summary>
    public static long? TryLong(this DbDataReader row, int column) =>
        row.IsDBNull(column) || !decimal.TryParse(Convert.ToString(row.GetValue(column), CultureInfo.InvariantCulture), NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
            || number < long.MinValue || number > long.MaxValue
            ? null
            : (long)number;

    public static long Long(this DbDataReader row, int column) => Convert.ToInt64(row.GetValue(column), CultureInfo.InvariantCulture);

    public static bool Bool(this DbDataReader row, int column) => Convert.ToBoolean(row.GetValue(column), CultureInfo.InvariantCulture);

    public static bool? BoolOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.Bool(column);

    public static int? IntOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.Int(column);

    public static long? LongOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.Long(column);

    public static string? TextOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : VisibleText.Of(row.GetString(column));

    public static Guid GuidOrEmpty(this DbDataReader row, int column) => row.IsDBNull(column) ? Guid.Empty : row.GetGuid(column);

    public static DateTime? TimeOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDateTime(column);
}
