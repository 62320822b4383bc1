namespace MigrationPortal.Live;

/// <summary>
/// Calls back at once after the first signal, then at most every 100 ms and never twice at a time; signals in between fold into
/// one. What the callback throws is logged and stays here: the next signal calls it again.
/// </summary>
internal sealed partial class Throttle(Func<Task> changed, TimeProvider time, ILogger logger) : IDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _disposed = new();
    // 0 idle, 1 calling or resting, 2 the same and signalled again.
    private int _state;

    public void Signal()
    {
        if (_disposed.IsCancellationRequested)
            return;
        while (true)
        {
            switch (Volatile.Read(ref _state))
            {
                case 0 when Interlocked.CompareExchange(ref _state, 1, 0) == 0:
                    _ = Task.Run(PumpAsync, CancellationToken.None);
                    return;
                case 1 when Interlocked.CompareExchange(ref _state, 2, 1) == 1:
                case 2:
                    return;
            }
        }
    }

    public void Dispose() => _disposed.Cancel();

    private async Task PumpAsync()
    {
        while (!_disposed.IsCancellationRequested)
        {
            Interlocked.Exchange(ref _state, 1);
            try
            {
                await changed();
            }
            catch (Exception exception)
            {
                LogSubscriberFailed(logger, exception);
            }

            try
            {
                await Task.Delay(Interval, time, _disposed.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            if (Interlocked.CompareExchange(ref _state, 0, 1) == 1)
                return;
        }
    }

    [LoggerMessage(LogLevel.Warning, "A listener to the live feed failed; it is called again at the next change.")]
    private static partial void LogSubscriberFailed(ILogger logger, Exception exception);
}
