namespace MigrationPortal.Engine.Transfer;

/// <summary>How fast and in what pieces rooms are copied. One object may serve several rooms at once; the rate is theirs together.</summary>
public sealed class CopyLimits
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    // 0 is no limit; read for every message.
    private volatile int _rate;
    private long _freeAt;

    /// <summary>
    /// Messages per second over all rooms that share this object; null is as fast as it goes. May change while a run copies: a page that
    /// was begun ends with its next message where it is now too large, and who sleeps for the old rate wakes up.
    /// </summary>
    public int? MessagesPerSecond
    {
        get => _rate is > 0 and var rate ? rate : null;
        set
        {
            TaskCompletionSource former;
            lock (_gate)
            {
                if (_rate == (value ?? 0)) return;
                (former, _changed) = (_changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
                (_rate, _freeAt) = (value ?? 0, 0);
            }
            former.SetResult();
        }
    }

    /// <summary>A page is one transaction: 20 000 messages or 4 MB, whichever comes first.</summary>
    public int PageMessages { get; init; } = 20_000;

    public int PageBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>A throttled page holds one second's worth, so that progress and pauses stay fine-grained.</summary>
    internal int PageSize => _rate is > 0 and var rate ? Math.Min(rate, PageMessages) : PageMessages;

    internal async Task WaitAsync(int messages, TimeProvider time, CancellationToken cancellationToken)
    {
        TimeSpan wait;
        Task changed;
        lock (_gate)
        {
            if (_rate is not (> 0 and var rate) || messages == 0) return;
            var now = time.GetTimestamp();
            // Never more than one second for a page: one that was begun at a higher rate was paid for at that.
            _freeAt = Math.Max(_freeAt, now) + (long)((double)Math.Min(messages, rate) / rate * time.TimestampFrequency);
            (wait, changed) = (time.GetElapsedTime(now, _freeAt), _changed.Task);
        }
        using var awake = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(Task.Delay(wait, time, awake.Token), changed);
        await awake.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }
}

/// <param name="Messages">Messages of the room that stand in the new pool now, including those of earlier attempts.</param>
/// <param name="Bytes">Content bytes that this attempt has copied.</param>
public readonly record struct CopyProgress(Guid Room, long Messages, long Bytes);

/// <param name="LastChatId">The counter as it stands in the new pool; null where the room has neither messages nor a legacy counter.</param>
public sealed record CopiedRoom(Guid Room, long Messages, long Bytes, long? LastChatId);
