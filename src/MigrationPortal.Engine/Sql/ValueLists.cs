using System.Globalization;

namespace MigrationPortal.Engine.Sql;

/// <summary>Values as a part of a statement, and the parameters that go with it.</summary>
/// <param name="Sql">What follows a column (<c>in (1, 2)</c>), or a table expression (<c>#portal2 as pairs</c>).</param>
internal sealed record StagedValues(string Sql, params (string Name, object Value)[] Parameters);

/// <summary>
/// Numbers and guids written into a statement while they are few; SQL Server 2008 has no array parameters, and compiles a long list for longer
/// than it runs. Only types that cannot hold a quote are taken.
/// </summary>
internal static class ValueLists
{
    /// <summary>From here on values stand in a temporary table.</summary>
    public const int Most = 100;

    public static string In(IEnumerable<object> values) => $"in ({string.Join(", ", values.Select(Text))})";

    /// <summary>Pairs of a node and a chatId as rows: <c>(values (12, cast(345 as bigint)), …) as pairs(node, last)</c>.</summary>
    public static string Pairs(IReadOnlyDictionary<int, long> pairs) =>
        $"(values {string.Join(", ", pairs.OrderBy(x => x.Key).Select(x => string.Create(CultureInfo.InvariantCulture, $"({x.Key}, cast({x.Value} as bigint))")))}) as pairs(node, last)";

    private static string Text(object value) => value switch
    {
        int number => number.ToString(CultureInfo.InvariantCulture),
        Guid guid => $"'{guid:D}'",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "Only numbers and guids are written into a statement."),
    };
}
