using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Transfer;

/// <summary>Whether a room is still where its messages come from and where they go.</summary>
internal sealed class RoomEnds(ChatDatabase legacy, ChatSession target, PlannedRoom room, int nodeId)
{
    /// <summary>The legacy room's counter; null where it has none.</summary>
    public async Task<Outcome<long?>> FindCounterAsync(CancellationToken cancellationToken)
    {
        var found = await SqlDialect.ReadAsync<(bool, long?)>(legacy, async source =>
        {
            var there = await ChatSession.ScalarAsync<long>(
                source.Command($"select {source.Dialect.Count()} from tblNode where nodeID = @node and nodeGuid = @guid", ("node", room.LegacyNodeId), ("guid", room.Guid)), cancellationToken);
            return (there > 0, await ChatSession.ScalarAsync<long?>(
                source.Command("select max(lastChatID) from tblLastChatId where nodeID = @node", ("node", room.LegacyNodeId)), cancellationToken));
        }, cancellationToken);
        if (!found.IsDone) return found.Refusal;
        return found.Value.Item1 ? found.Value.Item2 : Vanished([room.LegacyName]);
    }

    public async Task<Refusal?> FindTargetRefusalAsync(CancellationToken cancellationToken)
    {
        var there = await ChatSession.ScalarAsync<long>(
            target.Command($"select {target.Dialect.Count()} from tblNode where nodeID = @node and nodeGuid = @guid", ("node", nodeId), ("guid", room.Guid)), cancellationToken);
        return there > 0 ? null : new Refusal("room-not-prepared", RefusalKind.Stale, room.Name);
    }

    /// <summary>chatId of the last message in the new room; null where it has none.</summary>
    public Task<long?> FindLastInTargetAsync(CancellationToken cancellationToken) =>
        ChatSession.ScalarAsync<long?>(target.Command("select max(chatId) from tblChat where channelId = @node", ("node", nodeId)), cancellationToken);

    /// <summary>chatId of the last message of the legacy room that is to be copied; null where there is none.</summary>
    public Task<Outcome<long?>> FindLastInLegacyAsync(CancellationToken cancellationToken) => SqlDialect.ReadAsync<long?>(legacy, async source =>
        await ChatSession.ScalarAsync<long?>(
            room.CutOffTicks is { } ticks
                ? source.Command("select max(chatId) from tblChat where channelId = @node and chatDate >= @from", ("node", room.LegacyNodeId), ("from", ticks))
                : source.Command("select max(chatId) from tblChat where channelId = @node", ("node", room.LegacyNodeId)),
            cancellationToken), cancellationToken);

    internal static Refusal Vanished(IReadOnlyCollection<string> names) => new("room-vanished", RefusalKind.Stale, names.Count, NameList.Of(names));
}
