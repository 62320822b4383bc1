using System.Globalization;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Reading;

/// <summary>
/// Messages whose content the new pool cannot hold, found before anybody approves: longer than its column, or with units that PostgreSQL
/// has no form for (trap C21). Content is looked at only where the two databases differ in what they hold, since that reads all of it.
/// </summary>
public static class UnfitContent
{
    /// <summary>Of each room; the rest is counted.</summary>
    private const int Named = 3;

    /// <returns>A fault for each room with such messages; it blocks the room, and names the first chatIds.</returns>
    public static async Task<Outcome<IReadOnlyList<RowFault>>> FindAsync(
        ChatDatabase legacy, ChatPool legacyPool, ChatDatabase target, ChatPool targetPool, CancellationToken cancellationToken)
    {
        var problems = Problems(SqlDialect.For(legacy.Provider), legacyPool, target.Provider, targetPool).ToList();
        if (problems.Count == 0) return Array.Empty<RowFault>();
        var rooms = legacyPool.Nodes.Where(x => !x.IsCategory).Select(x => x.NodeId).ToHashSet();
        return await SqlDialect.ReadAsync<IReadOnlyList<RowFault>>(legacy, async session =>
        {
            var faults = new List<RowFault>();
            foreach (var (problem, condition) in problems)
                faults.AddRange(await ReadAsync(session, condition, problem, rooms, cancellationToken));
            return faults;
        }, cancellationToken);
    }

    internal static string Sql(string condition) => $"select channelId, chatId from tblChat where {condition} order by channelId, chatId";

    private static IEnumerable<(Wording Problem, string Condition)> Problems(SqlDialect dialect, ChatPool legacy, SqlProvider target, ChatPool targetPool)
    {
        // Where the legacy server counts UTF-16 units and the new one characters, a text just below the limit may be called too long.
        if (WidthOf(targetPool) is { } width && !(WidthOf(legacy) <= width))
            yield return (new("Fault.ContentTooLong", width), $"{dialect.Length("content")} > {width.ToString(CultureInfo.InvariantCulture)}");
        if (target == SqlProvider.PostgreSql && dialect.HasUnitsOutsideUtf8("content") is { } condition)
            yield return (new("Fault.ContentNotStorable"), condition);
    }

    private static int? WidthOf(ChatPool pool) =>
        pool.Widths.FirstOrDefault(x => x.Table.Equals("tblChat", StringComparison.OrdinalIgnoreCase) && x.Column.Equals("content", StringComparison.OrdinalIgnoreCase))?.Characters;

    private static async Task<IEnumerable<RowFault>> ReadAsync(
        ChatSession session, string condition, Wording problem, HashSet<int> rooms, CancellationToken cancellationToken)
    {
        var found = new SortedDictionary<int, (long Count, List<long> First)>();
        await foreach (var (node, id) in ChatSession.StreamAsync(session.Command(Sql(condition)), row => (row.TryInt(0), row.TryLong(1)), cancellationToken))
        {
            if (node is not { } room || !rooms.Contains(room)) continue;
            var (count, first) = found.TryGetValue(room, out var known) ? known : (0, []);
            if (id is { } chatId && first.Count < Named) first.Add(chatId);
            found[room] = (count + 1, first);
        }
        return found.Select(x => new RowFault("tblChat", "content", string.Create(CultureInfo.InvariantCulture, $"channelId {x.Key}, chatId {string.Join(", ", x.Value.First)}"), problem)
        {
            NodeId = x.Key, Blocks = true, Rows = x.Value.Count,
        });
    }
}
