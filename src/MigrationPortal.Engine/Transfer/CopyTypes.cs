namespace MigrationPortal.Engine.Transfer;

/// <summary>How fast and in what pieces rooms are copied. One object may serve several rooms at once; the rate is theirs together.</summary>
public sealed class CopyLimits
{
    private readonly Lock _gate = new();
    private long _freeAt;

    /// <summary>Messages per second over all rooms that share this object; null is as fast as it goes. May change while a run copies.</summary>
    public int? MessagesPerSecond { get; set; }

    /// <summary>A page is one transaction: 20 000 messages or 4 MB, whichever comes first.</summary>
    public int PageMessages { get; init; } = 20_000;

    public int PageBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>A throttled page holds one second's worth, so that progress and pauses stay fine-grained.</summary>
    internal int PageSize => MessagesPerSecond is { } rate ? Math.Clamp(rate, 1, PageMessages) : PageMessages;

    internal async Task WaitAsync(int messages, TimeProvider time, CancellationToken cancellationToken)
    {
        if (MessagesPerSecond is not { } rate || messages == 0) return;
        TimeSpan wait;
        lock (_gate)
        {
            var now = time.GetTimestamp();
            _freeAt = Math.Max(_freeAt, now) + (long)((double)messages / rate * time.TimestampFrequency);
            wait = time.GetElapsedTime(now, _freeAt);
        }
        await Task.Delay(wait, time, cancellationToken);
    }
}

/// <param name="Messages">Messages of the room that stand in the new pool now, including those of earlier attempts.</param>
/// <param name="Bytes">Content bytes that this attempt has copied.</param>
public readonly record struct CopyProgress(Guid Room, long Messages, long Bytes);

/// <param name="LastChatId">The counter as it stands in the new pool; null where the room has neither messages nor a legacy counter.</param>
public sealed record CopiedRoom(Guid Room, long Messages, long Bytes, long? LastChatId);
