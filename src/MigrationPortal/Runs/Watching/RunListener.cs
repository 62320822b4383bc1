using MigrationPortal.Live;

namespace MigrationPortal.Runs.Watching;

/// <summary>
/// One who watches a run: which rooms changed since they were last told, and when they may be told again. Holds ids only, each
/// once, so a slow listener costs no more than the run has rooms.
/// </summary>
internal sealed class RunListener : IDisposable
{
    private readonly HashSet<long> _changed = [];
    private readonly Throttle _throttle;
    private readonly Action<RunListener> _left;
    private bool _isRunChanged;
    private long _sequence;
    private int _isDisposed;

    private readonly LiveRun _board;

    public RunListener(LiveRun board, int rows, Func<RunChange, Task> changed, Action<RunListener> left, TimeProvider time, ILogger logger)
    {
        (_board, _left, Rows) = (board, left, rows);
        _throttle = new Throttle(() => board.Collect(this) is { } change ? changed(change) : Task.CompletedTask, time, logger);
    }

    /// <summary>How many of the first rooms it shows: of the others it hears no more than the sums.</summary>
    public int Rows { get; }

    public RunRows List(RunWindow window) => _board.List(window);

    /// <inheritdoc cref="LiveRun.ListRooms"/>
    public IReadOnlyList<long> ListRooms(RunWindow window) => _board.ListRooms(window);

    // The next three are called under the board's lock.
    public void TellRun()
    {
        _isRunChanged = true;
        _throttle.Signal();
    }

    public void TellLine(TransferLine line)
    {
        _isRunChanged = true;
        if (line.Ordinal < Rows)
            _changed.Add(line.Id);
        _throttle.Signal();
    }

    public bool TryTake(out long sequence, out long[] ids)
    {
        (sequence, ids) = (0, []);
        if (_changed.Count == 0 && !_isRunChanged)
            return false;
        (sequence, ids, _isRunChanged) = (++_sequence, [.. _changed], false);
        _changed.Clear();
        return true;
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1)
            return;
        _throttle.Dispose();
        _left(this);
    }
}
