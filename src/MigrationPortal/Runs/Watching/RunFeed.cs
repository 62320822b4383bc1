using MigrationPortal.Live;
using MigrationPortal.Runs;

namespace MigrationPortal.Runs.Watching;

/// <param name="Subscription">Ends when it is disposed.</param>
internal sealed record RunWatch(RunSnapshot Snapshot, RunListener Subscription);

/// <summary>
/// Runs as they move, for pages and the hub: a snapshot, then what changed, at most ten times a second per listener, the latest of
/// each room. The node that works on a run puts its progress in directly; every other node reads the database when it hears of it.
/// </summary>
internal sealed class RunFeed(RunPictures pictures, LiveFeed feed, TimeProvider time, ILogger<RunFeed> logger)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, Entry> _boards = [];

    /// <summary>Null when there is no such run.</summary>
    /// <param name="rows">Of how many rooms, the first of the plan, the listener wants the lines.</param>
    public async Task<RunWatch?> WatchAsync(long runId, Func<RunChange, Task> changed, CancellationToken cancellationToken, int rows = int.MaxValue)
    {
        var entry = Enter(runId);
        try
        {
            // Read even where the board is known: a node that does not work on the run may have missed news.
            await ReadAsync(runId, entry.Board, cancellationToken);
            var listener = new RunListener(entry.Board, rows, changed, left => Leave(runId, entry, left), time, logger);
            if (entry.Board.Join(listener) is { } snapshot)
                return new(snapshot, listener);
            Leave(runId, entry, listener);
            return null;
        }
        catch
        {
            Leave(runId, entry, listener: null);
            throw;
        }
    }

    public void Publish(long runId, RunView? run, IReadOnlyList<TransferLine> transfers, RunSample? sample = null)
    {
        LiveRun? board;
        lock (_lock)
            board = _boards.GetValueOrDefault(runId)?.Board;
        board?.Apply(run, transfers, sample);
    }

    internal int BoardCount
    {
        get
        {
            lock (_lock)
                return _boards.Count;
        }
    }

    private Entry Enter(long runId)
    {
        lock (_lock)
        {
            if (!_boards.TryGetValue(runId, out var entry))
            {
                var board = new LiveRun(time);
                _boards.Add(runId, entry = new(board, feed.Subscribe($"run:{runId}", () => ReadAsync(runId, board, CancellationToken.None))));
            }

            entry.Users++;
            return entry;
        }
    }

    private void Leave(long runId, Entry entry, RunListener? listener)
    {
        if (listener is not null)
            entry.Board.Leave(listener);
        lock (_lock)
        {
            if (--entry.Users > 0)
                return;
            _boards.Remove(runId);
        }

        entry.News.Dispose();
    }

    private async Task ReadAsync(long runId, LiveRun board, CancellationToken cancellationToken)
    {
        if (board.ReadFrom is not { } from)
        {
            if (await pictures.FindAsync(runId, cancellationToken) is { } picture)
                board.Load(picture);
        }
        else if (await pictures.FindNewsAsync(runId, from.Since, from.LastSample, cancellationToken) is { } news)
        {
            board.Load(news);
        }
    }

    private sealed class Entry(LiveRun board, IDisposable news)
    {
        public LiveRun Board { get; } = board;
        public IDisposable News { get; } = news;
        public int Users { get; set; }
    }
}
