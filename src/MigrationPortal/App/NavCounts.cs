using MigrationPortal.Batches;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;
using MigrationPortal.Inbox;
using MigrationPortal.Rooms;

namespace MigrationPortal.App;

/// <summary>
/// The numbers beside the navigation, each asked of the feature that knows it. What is the same for everybody is read once for all open
/// pages after each change, and the number of rooms once a scan: hundreds of pages hear of every room that a run finishes.
/// </summary>
internal sealed class NavCounts(RoomQueries rooms, BatchQueries batches, InboxQueries inbox, PoolPairQueries pairs, LiveFeed feed, TimeProvider time)
{
    private static readonly BatchState[] Moving = [BatchState.Running, BatchState.Paused, BatchState.Stopping];

    // What a lost announcement costs.
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    // One entry a pool pair.
    private readonly Dictionary<string, Reading> _readings = new(StringComparer.Ordinal);

    public async Task<IReadOnlyDictionary<string, long>> CountAsync(string poolPairId, Caller caller, CancellationToken cancellationToken)
    {
        var counts = await ReadOnceAsync(poolPairId).WaitAsync(cancellationToken);
        return new Dictionary<string, long>
        {
            ["Rooms"] = counts.Rooms,
            ["Batches"] = counts.Batches,
            ["Inbox"] = await inbox.CountAsync(poolPairId, caller, cancellationToken),
            ["Runs"] = counts.Runs,
        };
    }

    private Task<PairCounts> ReadOnceAsync(string poolPairId)
    {
        lock (_lock)
        {
            // Before anything is read: what changes meanwhile is read again.
            var (version, now) = (feed.Version, time.GetUtcNow());
            var last = _readings.GetValueOrDefault(poolPairId);
            if (last is not null && last.Version == version && now - last.At < _longest && !last.Counts.IsFaulted)
                return last.Counts;
            return (_readings[poolPairId] = new(version, now, Task.Run(() => ReadAsync(poolPairId, last?.Counts)))).Counts;
        }
    }

    private async Task<PairCounts> ReadAsync(string poolPairId, Task<PairCounts>? last)
    {
        var known = last is { IsCompletedSuccessfully: true } ? await last : null;
        var scan = (await pairs.FindAsync(poolPairId, CancellationToken.None))?.CurrentScanId;
        var states = await batches.CountStatesAsync(poolPairId, CancellationToken.None);
        var count = known is not null && known.ScanId == scan ? known.Rooms : await rooms.CountAllAsync(poolPairId, CancellationToken.None);
        return new(scan, count, states.Values.Sum(x => (long)x), Moving.Sum(x => (long)states.GetValueOrDefault(x)));
    }

    private sealed record Reading(long Version, DateTimeOffset At, Task<PairCounts> Counts);

    private sealed record PairCounts(long? ScanId, long Rooms, long Batches, long Runs);
}
