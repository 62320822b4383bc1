using MigrationPortal.Batches;
using MigrationPortal.Reviews;
using MigrationPortal.Rooms;
using MigrationPortal.SignIn;

namespace MigrationPortal.App;

/// <summary>The numbers beside the navigation, each asked of the room that knows it.</summary>
internal sealed class NavCounts(RoomQueries rooms, BatchQueries batches, ReviewQueries reviews)
{
    private static readonly BatchState[] Moving = [BatchState.Running, BatchState.Paused, BatchState.Stopping];

    public async Task<IReadOnlyDictionary<string, long>> CountAsync(string poolPairId, Caller caller, CancellationToken cancellationToken)
    {
        var states = await batches.CountStatesAsync(poolPairId, cancellationToken);
        var counts = await rooms.CountAsync(new RoomFilter { PoolPairId = poolPairId }, cancellationToken);
        return new Dictionary<string, long>
        {
            ["Rooms"] = counts.Sum(x => x.Rooms),
            ["Batches"] = states.Values.Sum(x => (long)x),
            ["Inbox"] = await reviews.CountWaitingAsync(caller, cancellationToken),
            ["Runs"] = Moving.Sum(x => (long)states.GetValueOrDefault(x)),
        };
    }
}
