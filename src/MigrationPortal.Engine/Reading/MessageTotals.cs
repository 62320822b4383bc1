using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Reading;

/// <summary>Sums every room's messages in one pass of tblChat: the server groups by room and author, and few rows travel.</summary>
internal sealed class MessageTotals(ChatSession session, IProgress<ReadProgress>? progress)
{
    private const int RoomsPerReport = 500;

    public async Task<(IReadOnlyList<MessageSummary> Summaries, long StrayCount)> ReadAsync(
        IReadOnlyList<ChatNode> nodes, CancellationToken cancellationToken)
    {
        var rooms = nodes.Where(x => !x.IsCategory).ToDictionary(x => x.NodeId, x => new MessageSummary { NodeId = x.NodeId });
        progress?.Report(new ReadProgress("Messages", 0, rooms.Count));
        var counters = session.Command($"select nodeID, max(lastChatID), {session.Dialect.Count()} from tblLastChatId group by nodeID");
        await foreach (var (node, last, count) in ChatSession.StreamAsync(
            counters, row => (row.Int(0), row.Long(1), (int)row.Long(2)), cancellationToken))
        {
            if (rooms.TryGetValue(node, out var room)) rooms[node] = room with { LastChatId = last, CounterRows = count };
        }

        var (stray, done, authors, lastTicks) = (0L, 0, new List<int>(), new List<long>());
        MessageSummary? current = null;
        var groups = session.Command($"""
            select channelId, userId, {session.Dialect.Count()}, min(chatId), max(chatId), min(chatDate), max(chatDate)
            from tblChat group by channelId, userId order by channelId, userId
            """);
        await foreach (var group in ChatSession.StreamAsync(groups,
            row => (Node: row.Int(0), Author: row.Int(1), Count: row.Long(2), First: row.Long(3), Last: row.Long(4),
                FirstTicks: row.Long(5), LastTicks: row.Long(6)), cancellationToken))
        {
            if (current?.NodeId != group.Node) Finish();
            if (!rooms.TryGetValue(group.Node, out var room))
            {
                stray += group.Count;
                continue;
            }
            current ??= room;
            authors.Add(group.Author);
            lastTicks.Add(group.LastTicks);
            current = current with
            {
                Count = current.Count + group.Count,
                FirstChatId = Math.Min(current.FirstChatId ?? long.MaxValue, group.First),
                LastMessageId = Math.Max(current.LastMessageId ?? long.MinValue, group.Last),
                FirstTicks = Math.Min(current.FirstTicks ?? long.MaxValue, group.FirstTicks),
                LastTicks = Math.Max(current.LastTicks ?? long.MinValue, group.LastTicks),
            };
        }
        Finish();
        progress?.Report(new ReadProgress("Messages", rooms.Count, rooms.Count));
        return ([.. rooms.Values.OrderBy(x => x.NodeId)], stray);

        void Finish()
        {
            if (current is null) return;
            rooms[current.NodeId] = current with { Authors = [.. authors], AuthorsLastTicks = [.. lastTicks] };
            authors.Clear();
            lastTicks.Clear();
            current = null;
            if (++done % RoomsPerReport == 0) progress?.Report(new ReadProgress("Messages", done, rooms.Count));
        }
    }
}
