using System.Data.Common;

namespace MigrationPortal.Engine.Reading;

internal static class NullableColumns
{
    public static bool? BoolOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetBoolean(column);

    public static int? IntOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);

    public static long? LongOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    public static string? TextOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static DateTime? TimeOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDateTime(column);
}
