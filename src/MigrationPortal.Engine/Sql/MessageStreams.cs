namespace MigrationPortal.Engine.Sql;

/// <summary>Which of a room's messages are read; all of them where nothing is said.</summary>
/// <param name="After">Only messages above this chatId.</param>
/// <param name="UpTo">Only messages up to this chatId, itself included.</param>
/// <param name="FromTicks">Only messages dated then or later.</param>
/// <param name="Take">At most that many.</param>
internal readonly record struct MessageRange(long? After = null, long? UpTo = null, long? FromTicks = null, int? Take = null);

/// <summary>
/// A room's messages in chatId order, one at a time: nothing is kept of a message once the next one is asked for. Content stays
/// UTF-8 bytes on its whole way, so that it is neither decoded nor changed.
/// </summary>
internal abstract class MessageSource : IAsyncDisposable
{
    private const string DamagedCode = "message-damaged";

    /// <summary>Whether one message of the room fails the reading, and not the database.</summary>
    public static bool IsDamaged(Exception failure) => failure is ChatDatabaseException { Refusal.Code: DamagedCode };

    public long ChatId { get; protected set; }
    public long Ticks { get; protected set; }
    public int Author { get; protected set; }
    public bool IsAlert { get; protected set; }
    /// <summary>Valid until the next message is asked for: whoever keeps it copies it.</summary>
    public ReadOnlyMemory<byte> Content { get; protected set; }

    /// <summary>Moves to the next message; false after the last. A failure is a <see cref="ChatDatabaseException"/>.</summary>
    public abstract ValueTask<bool> NextAsync(CancellationToken cancellationToken);

    /// <summary>A message that lacks what every message has: preflight blocks its room, so it turned up since.</summary>
    private protected static ChatDatabaseException Damaged(int nodeId, string column) => new(new Refusal(DamagedCode, RefusalKind.Stale, column, $"{nodeId}"));

    /// <summary>A message with a value that is none of its column's kind, or beyond what it can be.</summary>
    private protected static ChatDatabaseException Unreadable(int nodeId, Exception? failure = null) => new(new Refusal($"{DamagedCode}.value", RefusalKind.Stale, $"{nodeId}"), failure);

    public abstract ValueTask DisposeAsync();
}

/// <summary>One page of messages on its way into a room. Disposed before <see cref="CompleteAsync"/>, it leaves nothing behind.</summary>
internal abstract class MessageSink : IAsyncDisposable
{
    public abstract ValueTask WriteAsync(MessageSource message, int author, CancellationToken cancellationToken);

    public abstract Task CompleteAsync(CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
