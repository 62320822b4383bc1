namespace MigrationPortal.Engine.Reading;

/// <summary>What the server summed up of one author in one room.</summary>
/// <param name="Node">Null where no room can have it.</param>
/// <param name="Lacking">How many messages lack a value, per column of <see cref="MessageFaults.Columns"/>.</param>
internal readonly record struct MessageGroup(
    int? Node, int? Author, long Count, long? First, long? Last, long? FirstTicks, long? LastTicks, long[] Lacking);

/// <summary>One room's groups, which come one after the other.</summary>
internal sealed class MessageSums(int nodeId)
{
    private readonly List<int> _authors = [];
    private readonly List<long> _lastTicks = [];
    private long _count;
    private long? _first, _last, _firstTicks, _lastTick;

    public int NodeId => nodeId;

    public void Add(in MessageGroup group)
    {
        _count += group.Count;
        _first = Lower(_first, group.First);
        _last = Higher(_last, group.Last);
        _firstTicks = Lower(_firstTicks, group.FirstTicks);
        _lastTick = Higher(_lastTick, group.LastTicks);
        if (group.Author is not { } author) return;
        _authors.Add(author);
        _lastTicks.Add(group.LastTicks ?? long.MinValue);
    }

    public MessageSummary Of(MessageSummary counters) => counters with
    {
        Count = _count,
        FirstChatId = _first,
        LastMessageId = _last,
        FirstTicks = _firstTicks,
        LastTicks = _lastTick,
        Authors = [.. _authors],
        AuthorsLastTicks = [.. _lastTicks],
    };

    private static long? Lower(long? one, long? other) => one is { } a && other is { } b ? Math.Min(a, b) : one ?? other;

    private static long? Higher(long? one, long? other) => one is { } a && other is { } b ? Math.Max(a, b) : one ?? other;
}
