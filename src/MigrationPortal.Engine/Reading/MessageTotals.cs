using System.Data.Common;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Reading;

/// <summary>Sums every room's messages in one pass of tblChat: the server groups by room and author, and few rows are sent.</summary>
internal sealed class MessageTotals(ChatSession session, ChatCatalog catalog, RowFaults faults, IProgress<ReadProgress>? progress)
{
    private const int RoomsPerReport = 500;

    private readonly MessageFaults _messages = new(session, catalog, faults);

    public async Task<(IReadOnlyList<MessageSummary> Summaries, long StrayCount)> ReadAsync(
        IReadOnlyList<ChatNode> nodes, CancellationToken cancellationToken)
    {
        var rooms = nodes.Where(x => !x.IsCategory).ToDictionary(x => x.NodeId, x => new MessageSummary { NodeId = x.NodeId });
        progress?.Report(new ReadProgress("Messages", 0, rooms.Count));
        await ReadCountersAsync(rooms, cancellationToken);
        var (stray, done) = (0L, 0);
        MessageSums? current = null;
        await foreach (var group in ChatSession.StreamAsync(session.Command(GroupsSql(session.Dialect, _messages.Columns)), Group, cancellationToken))
        {
            if (current?.NodeId != group.Node) Finish();
            if (group.Node is not { } node || !rooms.ContainsKey(node))
            {
                stray += group.Count;
                continue;
            }
            (current ??= new MessageSums(node)).Add(group);
            _messages.Report(node, group.Author is null ? group.Count : 0, group.Lacking);
        }
        Finish();
        await _messages.ReportDoubledAsync(rooms.Keys, cancellationToken);
        progress?.Report(new ReadProgress("Messages", rooms.Count, rooms.Count));
        return ([.. rooms.Values.OrderBy(x => x.NodeId)], stray);

        void Finish()
        {
            if (current is null) return;
            rooms[current.NodeId] = current.Of(rooms[current.NodeId]);
            current = null;
            if (++done % RoomsPerReport == 0) progress?.Report(new ReadProgress("Messages", done, rooms.Count));
        }
    }

    /// <param name="nullable">Columns whose missing values are counted.</param>
    internal static string GroupsSql(SqlDialect dialect, IReadOnlyList<string> nullable)
    {
        var lacking = string.Concat(nullable.Select(x => $", {dialect.Count($"case when {x} is null then 1 end")}"));
        return $"""
            select channelId, userId, {dialect.Count()}, min(chatId), max(chatId), min(chatDate), max(chatDate){lacking}
            from tblChat group by channelId, userId order by channelId, userId
            """;
    }

    private async Task ReadCountersAsync(Dictionary<int, MessageSummary> rooms, CancellationToken cancellationToken)
    {
        var counters = session.Command($"select nodeID, max(lastChatID), {session.Dialect.Count()} from tblLastChatId group by nodeID");
        await foreach (var (node, last, count) in ChatSession.StreamAsync(
            counters, row => (row.TryInt(0), row.TryLong(1), (int)row.Long(2)), cancellationToken))
        {
            if (node is { } id && rooms.TryGetValue(id, out var room)) rooms[id] = room with { LastChatId = last, CounterRows = count };
        }
    }

    // One for each author of each room: what it holds is kept small.
    private MessageGroup Group(DbDataReader row)
    {
        var columns = _messages.Columns.Count;
        var lacking = columns == 0 ? [] : new long[columns];
        for (var i = 0; i < columns; i++) lacking[i] = row.Long(7 + i);
        return new MessageGroup(row.TryInt(0), row.TryInt(1), row.Long(2), row.TryLong(3), row.TryLong(4), row.TryLong(5), row.TryLong(6), lacking);
    }
}
