using System.Data;
using System.Data.Common;

namespace MigrationPortal.Engine.Sql;

/// <summary>
/// Read in pages, each a statement of its own: where the server gives no snapshot, a statement that waits for a slow reader would
/// keep its lock on a live pool.
/// </summary>
internal sealed class SqlServerMessageSource(ChatSession session, int nodeId, MessageRange range) : MessageSource
{
    private const int PageRows = 5_000;
    private static readonly (string, object)[] None = [];

    private long? _after = range.After;
    private DbCommand? _command;
    private DbDataReader? _page;
    private int _rows;
    private int _left = range.Take ?? int.MaxValue;
    private int _asked;
    private bool _isAtEnd;

    public override async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                _page ??= await OpenPageAsync(cancellationToken);
                if (!_isAtEnd && await _page.ReadAsync(cancellationToken))
                {
                    Take(_page);
                    return true;
                }
                // A driver may answer a call that was cancelled as if the rows had ended.
                cancellationToken.ThrowIfCancellationRequested();
                _isAtEnd = true;
                if (_rows < _asked || _left == 0) return false;
                await ClosePageAsync();
            }
        }
        catch (Exception failure) when (NullableColumns.IsOfTheValue(failure) && !session.Dialect.Recognises(failure))
        {
            throw Unreadable(nodeId, failure);
        }
        catch (Exception failure) when (session.Dialect.Recognises(failure))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ChatDatabaseException(session.Dialect.Explain(failure, session.Database), failure);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        try
        {
            await ClosePageAsync();
        }
        catch (Exception failure) when (session.Dialect.Recognises(failure))
        {
            // The connection is gone already, and with it the page.
        }
    }

    private async Task<DbDataReader> OpenPageAsync(CancellationToken cancellationToken)
    {
        var bounds = (_after is null ? "" : " and chatId > @after") + (range.UpTo is null ? "" : " and chatId <= @upTo") + (range.FromTicks is null ? "" : " and chatDate >= @from");
        (_rows, _asked, _isAtEnd) = (0, Math.Min(PageRows, _left), false);
        _command = session.Command(
            session.Dialect.First(_asked, $"chatId, chatDate, userId, isAlert, content from tblChat where channelId = @node{bounds} order by chatId"),
            [
                ("node", nodeId), .. _after is { } after ? [("after", after)] : None, .. range.UpTo is { } upTo ? [("upTo", upTo)] : None,
                .. range.FromTicks is { } ticks ? [("from", ticks)] : None,
            ]);
        return await _command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken);
    }

    private static readonly string[] _columns = ["chatId", "chatDate", "userId", "isAlert", "content"];

    // Sequential access: each column is asked for once, in order.
    private void Take(DbDataReader row)
    {
        ChatId = row.Long(Needed(row, 0));
        Ticks = row.Long(Needed(row, 1));
        Author = row.Int(Needed(row, 2));
        IsAlert = row.Bool(Needed(row, 3));
        Content = Utf16Text.ToBytes(row.GetString(Needed(row, 4)));
        _after = ChatId;
        (_rows, _left) = (_rows + 1, _left - 1);
    }

    private int Needed(DbDataReader row, int column) => row.IsDBNull(column) ? throw Damaged(nodeId, _columns[column]) : column;

    private async Task ClosePageAsync()
    {
        var (page, command) = (_page, _command);
        (_page, _command) = (null, null);
        if (command is null) return;
        await using (command)
            if (page is not null) await ServerWait.CloseAsync(command, page, _isAtEnd);
    }
}

/// <summary>One page, kept until it is complete (20 000 messages or 4 MB) and then sent in one bulk insert inside the page's transaction.</summary>
internal sealed class SqlServerMessageSink(WritingSession session, ISqlServerDriver driver, int nodeId) : MessageSink
{
    private static readonly SqlColumn[] _columns =
    [
        new("channelId", SqlType.Int), new("chatId", SqlType.BigInt), new("chatDate", SqlType.BigInt), new("userId", SqlType.Int),
        new("isAlert", SqlType.Bit), new("content", SqlType.Text),
    ];

    private readonly List<(long ChatId, long Ticks, int Author, bool IsAlert, byte[] Content)> _page = [];

    public override ValueTask WriteAsync(MessageSource message, int author, CancellationToken cancellationToken)
    {
        _page.Add((message.ChatId, message.Ticks, author, message.IsAlert, message.Content.ToArray()));
        return ValueTask.CompletedTask;
    }

    public override async Task CompleteAsync(CancellationToken cancellationToken)
    {
        var columns = (await session.ColumnsOfAsync("tblChat", cancellationToken)).Rename(_columns);
        await using var rows = new RowsReader(columns, _page.Select(x => new object?[] { nodeId, x.ChatId, x.Ticks, x.Author, x.IsAlert, Utf16Text.FromBytes(x.Content) }));
        await driver.BulkInsertAsync(session, "tblChat", keepsIdentity: false, rows, cancellationToken);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
