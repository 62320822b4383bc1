using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine.Transfer;
using MigrationPortal.Live;

namespace MigrationPortal.Runs.Working;

/// <summary>
/// Notices that somebody paused, cancelled or throttled a run, on whatever node: asked twice a second, and at once when this node
/// heard of it.
/// </summary>
internal sealed class RunStopSignal : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenRegistration _nodeStops;
    private readonly IDisposable _subscription;
    private readonly Task _watching;
    private readonly IDbContextFactory<PortalDbContext> _databases;
    private readonly long _runId;
    private readonly CopyLimits _limits;
    private readonly RoomGate _gate;

    /// <summary>The window has ended: no further room may begin.</summary>
    public bool IsClosing { get; private set; }

    public RunStopSignal(long runId, CopyLimits limits, RoomGate gate, IDbContextFactory<PortalDbContext> databases, LiveFeed feed, TimeProvider time, CancellationToken cancellationToken)
    {
        (_runId, _limits, _gate, _databases) = (runId, limits, gate, databases);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _nodeStops = cancellationToken.Register(() => _stopped.TrySetResult());
        _subscription = feed.Subscribe($"run:{runId}", CheckAsync);
        _watching = WatchAsync(time);
    }

    /// <summary>Cancelled when the run is to stop: somebody said so, or this node stops.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Completes when <see cref="Token"/> is cancelled, even where what listens to the token hangs.</summary>
    public Task Stopped => _stopped.Task;

    public async ValueTask DisposeAsync()
    {
        _subscription.Dispose();
        await _nodeStops.DisposeAsync();
        await _end.CancelAsync();
        await _watching;
        _stop.Dispose();
        _end.Dispose();
    }

    private async Task WatchAsync(TimeProvider time)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token))
                await CheckAsync();
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private async Task CheckAsync()
    {
        try
        {
            await using var db = await _databases.CreateDbContextAsync(_end.Token);
            var run = await db.Set<Run>().Where(x => x.Id == _runId).Select(x => new { x.State, x.MessagesPerSecond, x.RoomsAtATime, x.ClosesAt }).SingleOrDefaultAsync(_end.Token);
            IsClosing = run?.ClosesAt is not null;
            if (run?.State == RunState.Running)
                (_limits.MessagesPerSecond, _gate.Most) = (run.MessagesPerSecond, run.RoomsAtATime ?? _gate.Most);
            else
                Stop();
        }
        catch (Exception exception) when (exception is ObjectDisposedException || Outage.Is(exception))
        {
            // The portal database is away for the moment: asked again at the next tick.
        }
    }

    // Not waited for: a driver may do its cancelling in here, and hang.
    private void Stop()
    {
        _stopped.TrySetResult();
        _ = _stop.CancelAsync();
    }
}
