namespace MigrationPortal.Runs.Working;

/// <summary>How many rooms of a run are copied at a time, in the order in which they came. It may change at any time: more enter at once, fewer as others leave.</summary>
internal sealed class RoomGate(int most)
{
    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource> _waiting = [];
    private int _most = most;
    private int _inside;

    public int Most
    {
        get => _most;
        set
        {
            lock (_lock)
                _most = value;
            Admit();
        }
    }

    /// <summary>Whoever got in leaves by <see cref="Leave"/>.</summary>
    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
            _waiting.Enqueue(turn);
        Admit();
        await using var cancel = cancellationToken.Register(() => turn.TrySetCanceled(cancellationToken));
        await turn.Task;
    }

    public void Leave()
    {
        lock (_lock)
            _inside--;
        Admit();
    }

    // Who gave up waiting is passed over.
    private void Admit()
    {
        lock (_lock)
        {
            while (_inside < _most && _waiting.TryDequeue(out var next))
            {
                if (next.TrySetResult())
                    _inside++;
            }
        }
    }
}
