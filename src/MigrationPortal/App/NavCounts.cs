using System.Collections.Concurrent;
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

    private readonly SharedReading<PairCounts> _shared = new(() => feed.Version, TimeSpan.FromSeconds(5), time);
    // One entry a pool pair: the rooms of its current scan.
    private readonly ConcurrentDictionary<string, RoomCount> _rooms = new(StringComparer.Ordinal);

    public async Task<IReadOnlyDictionary<string, long>> CountAsync(string poolPairId, Caller caller, CancellationToken cancellationToken)
    {
        var counts = await _shared.ReadAsync(poolPairId, () => ReadAsync(poolPairId), cancellationToken);
        return new Dictionary<string, long>
        {
            ["Rooms"] = counts.Rooms,
            ["Batches"] = counts.Batches,
            ["Inbox"] = await inbox.CountAsync(poolPairId, caller, cancellationToken),
            ["Runs"] = counts.Runs,
        };
    }

    private async Task<PairCounts> ReadAsync(string poolPairId)
    {
        var scan = (await pairs.FindAsync(poolPairId, CancellationToken.None))?.CurrentScanId;
        var states = await batches.CountStatesAsync(poolPairId, CancellationToken.None);
        if (!_rooms.TryGetValue(poolPairId, out var known) || known.ScanId != scan)
            _rooms[poolPairId] = known = new(scan, await rooms.CountAllAsync(poolPairId, CancellationToken.None));
        return new(known.Rooms, states.Values.Sum(x => (long)x), Moving.Sum(x => (long)states.GetValueOrDefault(x)));
    }

    private sealed record RoomCount(long? ScanId, long Rooms);

    private sealed record PairCounts(long Rooms, long Batches, long Runs);
}
