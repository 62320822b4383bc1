using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Transfer;

/// <summary>
/// A room's messages, read a window at a time, each in a session and a snapshot of its own. Nothing is open between two windows
/// nor while the reader pauses, so that a copy that takes days keeps no old row versions alive in the live pool.
/// </summary>
/// <param name="window">How many messages are asked for at a time.</param>
internal sealed class PagedMessages(ChatDatabase database, int nodeId, MessageRange range, Func<int> window) : MessageSource
{
    private MessageRange _range = range;
    private ChatSession? _session;
    private MessageSource? _source;
    private int _left;

    public override async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var source = _source ??= await OpenAsync(cancellationToken);
            if (await source.NextAsync(cancellationToken))
            {
                (ChatId, Ticks, Author, IsAlert, Content) = (source.ChatId, source.Ticks, source.Author, source.IsAlert, source.Content);
                _left--;
                return true;
            }
            if (_left > 0) return false;
            await PauseAsync(ChatId);
        }
    }

    /// <summary>Closes everything; the next message is the first one after that chatId.</summary>
    public async ValueTask PauseAsync(long after)
    {
        _range = _range with { After = after };
        await DisposeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        var (source, session) = (_source, _session);
        (_source, _session) = (null, null);
        if (source is not null) await source.DisposeAsync();
        if (session is not null) await session.DisposeAsync();
    }

    private async Task<MessageSource> OpenAsync(CancellationToken cancellationToken)
    {
        _left = window();
        var opened = await SqlDialect.For(database.Provider).OpenForReadingAsync(database, cancellationToken);
        _session = opened.IsDone ? opened.Value : throw new ChatDatabaseException(opened.Refusal);
        return await _session.Dialect.OpenMessagesAsync(_session, nodeId, _range with { Take = _left }, cancellationToken);
    }
}
