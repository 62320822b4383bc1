using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Reading;

/// <param name="Phase"><c>Probe</c>, <c>Nodes</c>, <c>Principals</c>, <c>Affiliations</c>, <c>Roles</c>, <c>Scopes</c>, <c>AddIns</c>, <c>Messages</c>.</param>
public readonly record struct ReadProgress(string Phase, long Done, long? Total);

/// <summary>Reads the settings and rights of a chat database, and sums its messages, in one snapshot. Every legacy principal gets a guid of its own (<see cref="Identities"/>).</summary>
public static class ChatPoolReader
{
    public static async Task<Outcome<ChatPool>> ReadAsync(
        ChatDatabase database, IProgress<ReadProgress>? progress, CancellationToken cancellationToken)
    {
        return await SqlDialect.ReadAsync<ChatPool>(database, async session =>
        {
            progress?.Report(new ReadProgress("Probe", 0, null));
            var schema = await SchemaProbe.ExamineAsync(session, cancellationToken);
            if (!schema.IsDone) return schema.Refusal;
            var pool = await new PoolTables(session, schema.Value, progress).ReadAsync(cancellationToken);
            return database.IsLegacy ? Identities.Separate(pool) : pool;
        }, cancellationToken);
    }

    /// <summary>Messages per room up to a chatId, for comparing a new room with what its legacy room held. Rooms without any count 0.</summary>
    public static async Task<Outcome<IReadOnlyDictionary<int, long>>> CountUpToAsync(
        ChatDatabase database, IReadOnlyDictionary<int, long> lastChatIds, CancellationToken cancellationToken)
    {
        return await SqlDialect.ReadAsync<IReadOnlyDictionary<int, long>>(database, async session =>
        {
            var counts = new Dictionary<int, long>();
            if (lastChatIds.Count == 0) return counts;
            var pairs = await session.Dialect.StageAsync(session, lastChatIds, cancellationToken);
            var command = session.Command(
                $"select node, {session.Dialect.Count("chatId")} from {pairs.Sql} left join tblChat on channelId = node and chatId <= last group by node", pairs.Parameters);
            await foreach (var (node, count) in ChatSession.StreamAsync(command, row => (row.Int(0), row.Long(1)), cancellationToken))
                counts[node] = count;
            return counts;
        }, cancellationToken);
    }

    /// <summary>Messages per room dated then or later: what a cut-off leaves to be moved. Rooms without any are missing.</summary>
    /// <param name="ticks">.NET ticks, UTC.</param>
    public static async Task<Outcome<IReadOnlyDictionary<int, long>>> CountSinceAsync(ChatDatabase database, long ticks, CancellationToken cancellationToken)
    {
        return await SqlDialect.ReadAsync<IReadOnlyDictionary<int, long>>(database, async session =>
        {
            var rows = await ChatSession.ListAsync(
                session.Command($"select channelId, {session.Dialect.Count()} from tblChat where chatDate >= @from group by channelId", ("from", ticks)),
                row => (Node: row.TryInt(0), Count: row.Long(1)), cancellationToken);
            // Messages of no room at all are nobody's.
            return rows.Where(x => x.Node is not null).ToDictionary(x => x.Node!.Value, x => x.Count);
        }, cancellationToken);
    }
}
