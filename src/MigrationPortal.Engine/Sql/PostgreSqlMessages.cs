using System.Buffers.Binary;
using System.Globalization;
using Npgsql;

namespace MigrationPortal.Engine.Sql;

/// <summary>
/// PostgreSQL's binary COPY read as it comes: content is a window on the buffer and never a string. A tuple of five columns is
/// <c>int16 5, int32 8, int64 chatId, int32 8, int64 chatDate, int32 4, int32 userId, int32 1, byte isAlert, int32 n, n bytes content</c>.
/// </summary>
internal sealed class PostgreSqlMessageSource(ChatSession session, NpgsqlRawCopyStream copy, int nodeId) : MessageSource
{
    private const int HeadLength = 43;

    // Where the lengths of the first four columns stand, and what they are when the column is not NULL (-1).
    private static readonly (int At, int Length, string Column)[] _lengths = [(2, 8, "chatId"), (14, 8, "chatDate"), (26, 4, "userId"), (34, 1, "isAlert")];

    // Where nothing holds it to 32 bits, a number beyond them must not end the transaction that reads the other rooms, too.
    private static readonly string _author = string.Create(CultureInfo.InvariantCulture, $"case when userId between {int.MinValue} and {int.MaxValue} then cast(userId as int) end");

    private byte[] _buffer = new byte[128 * 1024];
    private int _start;
    private int _end;
    private bool _hasHeader;

    public static async Task<PostgreSqlMessageSource> OpenAsync(
        ChatSession session, int nodeId, MessageRange range, CancellationToken cancellationToken)
    {
        var from = range.After is { } after ? string.Create(CultureInfo.InvariantCulture, $" and chatId > {after}") : "";
        if (range.UpTo is { } upTo) from += string.Create(CultureInfo.InvariantCulture, $" and chatId <= {upTo}");
        if (range.FromTicks is { } ticks) from += string.Create(CultureInfo.InvariantCulture, $" and chatDate >= {ticks}");
        var limit = range.Take is { } take ? string.Create(CultureInfo.InvariantCulture, $" limit {take}") : "";
        // What OCS 2007 R2 keeps its flags in is not documented.
        var flag = session.Database.Product == ChatProduct.OcsGroupChat2007R2 ? "cast(cast(isAlert as int) as boolean)" : "isAlert";
        var copy = await ((NpgsqlConnection)session.Connection).BeginRawBinaryCopyAsync(
            session.Tables.In(string.Create(CultureInfo.InvariantCulture,
                $"copy (select cast(chatId as bigint), cast(chatDate as bigint), {_author}, {flag}, cast(content as text) from tblChat where channelId = {nodeId}{from} order by tblChat.chatId{limit}) to stdout (format binary)"), session.Dialect),
            cancellationToken);
        return new PostgreSqlMessageSource(session, copy, nodeId);
    }

    public override async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!_hasHeader) await SkipHeaderAsync(cancellationToken);
            if (_end - _start < 2) await FillAsync(2, cancellationToken);
            // The trailer stands where the next tuple's number of columns would.
            if (BinaryPrimitives.ReadInt16BigEndian(_buffer.AsSpan(_start)) < 0) return false;
            foreach (var (at, expected, column) in _lengths)
            {
                if (_end - _start < at + sizeof(int)) await FillAsync(at + sizeof(int), cancellationToken);
                if (BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_start + at)) != expected)
                    throw column == "userId" ? Unreadable(nodeId) : Damaged(nodeId, column);
            }
            if (_end - _start < HeadLength) await FillAsync(HeadLength, cancellationToken);
            var length = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_start + 39));
            if (length < 0) throw Damaged(nodeId, "content");
            if (_end - _start < HeadLength + length) await FillAsync(HeadLength + length, cancellationToken);
            Take(length);
            return true;
        }
        catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.NumericValueOutOfRange)
        {
            throw Unreadable(nodeId, failure);
        }
        catch (Exception failure) when (PostgreSqlErrors.Recognises(failure))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ChatDatabaseException(PostgreSqlErrors.Explain(failure, session.Database), failure);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        try
        {
            await ServerWait.CloseAsync(copy.DisposeAsync);
        }
        catch (Exception failure) when (PostgreSqlErrors.Recognises(failure))
        {
            // The connection is gone already, and with it the copy.
        }
    }

    private void Take(int length)
    {
        var tuple = _buffer.AsSpan(_start);
        ChatId = BinaryPrimitives.ReadInt64BigEndian(tuple[6..]);
        Ticks = BinaryPrimitives.ReadInt64BigEndian(tuple[18..]);
        Author = BinaryPrimitives.ReadInt32BigEndian(tuple[30..]);
        IsAlert = tuple[38] != 0;
        Content = _buffer.AsMemory(_start + HeadLength, length);
        _start += HeadLength + length;
    }

    // Eleven bytes of signature, flags, and the length of an extension that no version has used.
    private async Task SkipHeaderAsync(CancellationToken cancellationToken)
    {
        await FillAsync(19, cancellationToken);
        var extension = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(15));
        await FillAsync(19 + extension, cancellationToken);
        _start = 19 + extension;
        _hasHeader = true;
    }

    private async Task FillAsync(int wanted, CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            (_start, _end) = (0, _end - _start);
        }
        if (wanted > _buffer.Length) Array.Resize(ref _buffer, Math.Max(wanted, _buffer.Length * 2));
        while (_end < wanted)
        {
            var read = await copy.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            if (read == 0) throw new EndOfStreamException("The copy ended within a message.");
            _end += read;
        }
    }
}

/// <summary>Writes binary COPY as it goes over the wire: content is moved from buffer to buffer and never decoded.</summary>
internal sealed class PostgreSqlMessageSink(NpgsqlRawCopyStream copy, int nodeId) : MessageSink
{
    private static readonly byte[] _header = [.. "PGCOPY\n"u8, 0xFF, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];

    // Six columns with their lengths, but for the content itself.
    private const int HeadLength = 2 + 8 + 12 + 12 + 8 + 5 + 4;

    private readonly byte[] _buffer = new byte[128 * 1024];
    private int _length;
    private bool _isEnded;

    public static async Task<PostgreSqlMessageSink> OpenAsync(WritingSession session, int nodeId, CancellationToken cancellationToken)
    {
        var copy = await ((NpgsqlConnection)session.Connection).BeginRawBinaryCopyAsync(
            "copy tblChat (channelId, chatId, chatDate, userId, isAlert, content) from stdin (format binary)", cancellationToken);
        var sink = new PostgreSqlMessageSink(copy, nodeId);
        _header.CopyTo(sink._buffer, 0);
        sink._length = _header.Length;
        return sink;
    }

    public override ValueTask WriteAsync(MessageSource message, int author, CancellationToken cancellationToken)
    {
        if (!Utf16Text.IsUtf8(message.Content.Span))
            throw new ChatDatabaseException(new Refusal("message-not-storable", RefusalKind.Invalid, $"{message.ChatId}"));
        if (_buffer.Length - _length >= HeadLength + message.Content.Length)
        {
            Put(message, author);
            message.Content.Span.CopyTo(_buffer.AsSpan(_length));
            _length += message.Content.Length;
            return ValueTask.CompletedTask;
        }
        return WriteOverAsync(message, author, cancellationToken);
    }

    public override async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (_buffer.Length - _length < 2) await FlushAsync(cancellationToken);
        BinaryPrimitives.WriteInt16BigEndian(_buffer.AsSpan(_length), -1);
        _length += 2;
        await FlushAsync(cancellationToken);
        _isEnded = true;
        await copy.DisposeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        if (_isEnded) return;
        _isEnded = true;
        try
        {
            await ServerWait.CloseAsync(async () =>
            {
                await copy.CancelAsync();
                await copy.DisposeAsync();
            });
        }
        catch (Exception failure) when (PostgreSqlErrors.Recognises(failure))
        {
            // Either the connection is gone or the server has refused the page already; both leave nothing behind.
        }
    }

    private async ValueTask WriteOverAsync(MessageSource message, int author, CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        Put(message, author);
        if (message.Content.Length <= _buffer.Length - _length)
        {
            message.Content.CopyTo(_buffer.AsMemory(_length));
            _length += message.Content.Length;
            return;
        }
        await FlushAsync(cancellationToken);
        await copy.WriteAsync(message.Content, cancellationToken);
    }

    private void Put(MessageSource message, int author)
    {
        var tuple = _buffer.AsSpan(_length, HeadLength);
        BinaryPrimitives.WriteInt16BigEndian(tuple, 6);
        BinaryPrimitives.WriteInt32BigEndian(tuple[2..], 4);
        BinaryPrimitives.WriteInt32BigEndian(tuple[6..], nodeId);
        BinaryPrimitives.WriteInt32BigEndian(tuple[10..], 8);
        BinaryPrimitives.WriteInt64BigEndian(tuple[14..], message.ChatId);
        BinaryPrimitives.WriteInt32BigEndian(tuple[22..], 8);
        BinaryPrimitives.WriteInt64BigEndian(tuple[26..], message.Ticks);
        BinaryPrimitives.WriteInt32BigEndian(tuple[34..], 4);
        BinaryPrimitives.WriteInt32BigEndian(tuple[38..], author);
        BinaryPrimitives.WriteInt32BigEndian(tuple[42..], 1);
        tuple[46] = message.IsAlert ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32BigEndian(tuple[47..], message.Content.Length);
        _length += HeadLength;
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_length > 0) await copy.WriteAsync(_buffer.AsMemory(0, _length), cancellationToken);
        _length = 0;
    }
}
