using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Files;

/// <summary>Reads the messages that link to files, and nothing else, out of a legacy pool.</summary>
public static class FileLinkReader
{
    // A page is a statement of its own: copying a page's files may take minutes, and no live server waits for it.
    private const int PageMessages = 500;

    /// <summary>
    /// Links of all rooms in one pass of tblChat, as they come, those in rows of no room among them; one message is in memory at a time.
    /// </summary>
    /// <returns>How many there are.</returns>
    public static async Task<Outcome<long>> ReadAllAsync(ChatDatabase legacy, Func<PoolLink, ValueTask> each, CancellationToken cancellationToken)
    {
        var dialect = SqlDialect.For(legacy.Provider);
        var opened = await dialect.OpenForReadingAsync(legacy, cancellationToken);
        if (!opened.IsDone) return opened.Refusal;
        await using var session = opened.Value;
        var messages = session.Command($"select channelId, chatId, content from tblChat where {HasLink(dialect)}");
        var rows = ChatSession.StreamAsync(messages, row => (Node: row.TryInt(0) ?? 0, ChatId: row.TryLong(1) ?? 0, Content: row.GetString(2)), cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        var isReading = false;
        try
        {
            var count = 0L;
            while (true)
            {
                isReading = true;
                // What the caller does with a link fails for reasons of its own.
                var more = await dialect.GuardAsync<bool>(legacy, async () =>
                {
                    var moved = await rows.MoveNextAsync();
                    isReading = false;
                    return moved;
                }, cancellationToken);
                if (!more.IsDone) return more.Refusal;
                if (!more.Value) return count;
                var (node, chatId, content) = rows.Current;
                foreach (var target in FileLinks.In(content))
                {
                    await each(PoolLink.Of(node, new FileLink(chatId, target)));
                    count++;
                }
            }
        }
        finally
        {
            // Rows whose reading failed have ended; those of a call that was left to itself, since the server is silent, cannot be disposed.
            if (!isReading) await rows.DisposeAsync();
        }
    }

    /// <param name="after">Only of messages above this chatId; null from the first on.</param>
    /// <param name="fromTicks">Only of messages dated then or later.</param>
    /// <returns>The links of the next messages in chatId order, and the chatId to go on after; null when these are the last.</returns>
    internal static async Task<Outcome<LinkPage>> ReadAsync(ChatSession session, int nodeId, long? after, long? fromTicks, CancellationToken cancellationToken)
    {
        var dialect = session.Dialect;
        var statement = dialect.First(PageMessages,
            $"chatId, content from tblChat where channelId = @node{(after is null ? "" : " and chatId > @after")}{(fromTicks is null ? "" : " and chatDate >= @from")} and {HasLink(dialect)} order by chatId");
        return await dialect.GuardAsync<LinkPage>(session.Database, async () =>
        {
            var (links, last, messages) = (new List<FileLink>(), after, 0);
            List<(string, object)> values = [("node", nodeId)];
            if (after is { } chatId) values.Add(("after", chatId));
            if (fromTicks is { } ticks) values.Add(("from", ticks));
            await foreach (var (id, content) in ChatSession.StreamAsync(session.Command(statement, values.ToArray()), row => (row.TryLong(0), row.GetString(1)), cancellationToken))
            {
                links.AddRange(FileLinks.In(content).Select(x => new FileLink(id ?? 0, x)));
                (last, messages) = (id ?? last, messages + 1);
            }
            return new LinkPage(links, messages < PageMessages ? null : last);
        }, cancellationToken);
    }

    private static string HasLink(SqlDialect dialect) => $"{dialect.Lower("content")} like '%ma-filelink:%'";
}

/// <summary>A link anywhere in a pool, and under which names its file may stand in the store.</summary>
/// <param name="Paths">Likeliest first; empty with a problem.</param>
/// <param name="Keys">The same as Windows compares them.</param>
/// <param name="NameKey">Of a name that only one file can have, in whatever folder it stands; else null.</param>
public sealed record PoolLink(int NodeId, FileLink Link, IReadOnlyList<string> Paths, IReadOnlyList<string> Keys, string? NameKey, FileProblem? Problem)
{
    internal static PoolLink Of(int nodeId, FileLink link)
    {
        var (paths, problem) = FileLinks.Read(link.Target);
        return new(nodeId, link, [.. paths.Select(x => x.Value)], [.. paths.Select(x => x.Key).Distinct()], paths.FirstOrDefault(x => x.IsStoredName)?.NameKey, problem);
    }
}

/// <param name="Next">Where the next page begins; null when there is none.</param>
internal sealed record LinkPage(IReadOnlyList<FileLink> Links, long? Next);
