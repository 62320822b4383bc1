using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Live;

namespace MigrationPortal.Rooms.Scanning;

/// <summary>Writes how far a scan is, at most four times a second, whatever the reader reports; the latest wins.</summary>
internal sealed class ScanProgress(IDbContextFactory<PortalDbContext> databases, LiveFeed feed, TimeProvider time, long scanId, string poolPairId)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private Latest? _latest;

    /// <param name="after">Nothing is shown of this side before that has ended.</param>
    public IProgress<ReadProgress> Side(string side, Task? after = null) => new SideProgress(this, side, after ?? Task.CompletedTask);

    public void Report(string phase) => _latest = new Latest(phase, 0, null);

    /// <summary>Runs <paramref name="work"/> while writing its progress beside it.</summary>
    public async Task<T> WatchAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        using var finished = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var writing = WriteAsync(finished.Token);
        try
        {
            return await work();
        }
        finally
        {
            await finished.CancelAsync();
            await writing;
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                if (Interlocked.Exchange(ref _latest, null) is { } latest)
                    await WriteAsync(latest, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The scan ended; its last word is written by whoever ended it.
        }
    }

    private async Task WriteAsync(Latest latest, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            await db.Set<Scan>().Where(s => s.Id == scanId).ExecuteUpdateAsync(
                set => set.SetProperty(s => s.Phase, latest.Phase).SetProperty(s => s.PhaseDone, latest.Done).SetProperty(s => s.PhaseTotal, latest.Total),
                cancellationToken);
            feed.Announce($"scan:{poolPairId}");
        }
        catch (Exception failure) when (Outage.Is(failure))
        {
            // Only a figure on a page: the scan itself notices by itself where it needs the database.
        }
    }

    private sealed class SideProgress(ScanProgress progress, string side, Task after) : IProgress<ReadProgress>
    {
        public void Report(ReadProgress value)
        {
            if (after.IsCompleted)
                progress._latest = new Latest(side + value.Phase, value.Done, value.Total);
        }
    }

    // A reference, so that it can be exchanged in one step.
    private sealed record Latest(string Phase, long Done, long? Total);
}
