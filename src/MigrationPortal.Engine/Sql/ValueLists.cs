using System.Globalization;

namespace MigrationPortal.Engine.Sql;

/// <summary>
/// Numbers and guids written into a statement, in pieces that every server takes: SQL Server 2008 has no array parameters, allows
/// 2 100 parameters and fails on very long lists. Only types that cannot hold a quote are taken.
/// </summary>
internal static class ValueLists
{
    private const int PerStatement = 500;

    public static IEnumerable<string> Of(IEnumerable<object> values) => values.Chunk(PerStatement).Select(x => string.Join(", ", x.Select(Text)));

    /// <summary>Pairs of a node and a chatId as rows: <c>(12, cast(345 as bigint)), …</c>.</summary>
    public static IEnumerable<string> Of(IReadOnlyDictionary<int, long> pairs) => pairs.OrderBy(x => x.Key).Chunk(PerStatement)
        .Select(piece => string.Join(", ", piece.Select(x => string.Create(CultureInfo.InvariantCulture, $"({x.Key}, cast({x.Value} as bigint))"))));

    private static string Text(object value) => value switch
    {
        int number => number.ToString(CultureInfo.InvariantCulture),
        Guid guid => $"'{guid:D}'",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "Only numbers and guids are written into a statement."),
    };
}
