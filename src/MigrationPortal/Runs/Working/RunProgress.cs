using MigrationPortal.Data;
using MigrationPortal.Runs.Watching;

namespace MigrationPortal.Runs.Working;

/// <summary>
/// The transfers of one run while this node works on it. Copying only touches memory; what changed is written at most four times
/// a second, in one statement, and then told to whoever watches.
/// </summary>
internal sealed class RunProgress : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly HashSet<RoomTransfer> _changed = [];
    private readonly CancellationTokenSource _end = new();
    private readonly RunStore _store;
    private readonly RunFeed _feed;
    private readonly TimeProvider _time;
    private readonly long _runId;
    private readonly Task _beating;
    private DateTimeOffset _sampledAt;
    private int _sampleCount;
    private volatile bool _waitsForTurn;

    public RunProgress(long runId, IReadOnlyList<RoomTransfer> transfers, RunStore store, RunFeed feed, TimeProvider time)
    {
        (_runId, Transfers, _store, _feed, _time) = (runId, transfers, store, feed, time);
        _beating = BeatAsync();
    }

    public IReadOnlyList<RoomTransfer> Transfers { get; }

    /// <summary>Another run has the new pool: no samples are taken, since that is no slowness of this one.</summary>
    public bool WaitsForTurn
    {
        get => _waitsForTurn;
        set => _waitsForTurn = value;
    }

    public void Change(RoomTransfer transfer, Action<RoomTransfer> change)
    {
        lock (_lock)
        {
            change(transfer);
            _changed.Add(transfer);
        }
    }

    /// <summary>A change of state is written before the work goes on.</summary>
    public async Task ChangeNowAsync(RoomTransfer transfer, Action<RoomTransfer> change, CancellationToken cancellationToken)
    {
        Change(transfer, change);
        await FlushAsync(cancellationToken);
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            var lines = Take();
            var sample = Sample();
            if (lines.Count == 0 && sample is null)
                return;
            try
            {
                await _store.WriteAsync(_runId, lines, sample, cancellationToken);
            }
            catch
            {
                Return(lines);
                throw;
            }

            _feed.Publish(_runId, run: null, [.. lines.Select(x => x with { Revision = x.Revision + 1 })], sample);
        }
        finally
        {
            _writing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _beating;
        _end.Dispose();
        _writing.Dispose();
    }

    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(Interval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token))
                await BeatOnceAsync();
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private async Task BeatOnceAsync()
    {
        try
        {
            await FlushAsync(_end.Token);
        }
        catch (Exception exception) when (exception is RunTakenOverException || Outage.Is(exception))
        {
            // The portal database is away for the moment: nothing is forgotten, the next beat writes it. Or another node took the
            // run over: the next change of state says so to whoever makes it.
        }
    }

    private List<TransferLine> Take()
    {
        lock (_lock)
        {
            var lines = _changed.Select(TransferLine.Of).ToList();
            foreach (var transfer in _changed)
                transfer.Revision++;
            _changed.Clear();
            return lines;
        }
    }

    private void Return(List<TransferLine> lines)
    {
        lock (_lock)
        {
            var ids = lines.Select(x => x.Id).ToHashSet();
            foreach (var transfer in Transfers.Where(x => ids.Contains(x.Id)))
            {
                transfer.Revision--;
                _changed.Add(transfer);
            }
        }
    }

    // Every second in the first minutes, when people watch, then every five.
    private RunSample? Sample()
    {
        var now = _time.GetUtcNow();
        var interval = _sampleCount < 120 ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(5);
        if (WaitsForTurn || now - _sampledAt < interval)
            return null;
        (_sampledAt, _sampleCount) = (now, _sampleCount + 1);
        lock (_lock)
        {
            return new RunSample
            {
                RunId = _runId,
                At = now,
                CopiedMessageCount = Transfers.Sum(x => x.CopiedMessageCount),
                VerifiedMessageCount = Transfers.Sum(x => x.VerifiedMessageCount),
                CopiedFileByteCount = Transfers.Sum(x => x.CopiedFileByteCount),
            };
        }
    }
}
