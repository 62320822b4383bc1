using MigrationPortal.Jobs;
using MigrationPortal.Live;
using Quartz;

namespace MigrationPortal.Rooms.Viewing;

/// <summary>Works out the people of a pool pair's crowded rooms again where what is kept of them no longer holds.</summary>
internal sealed class ListCrowdsHandler(CrowdedRooms crowded, RoomQueries rooms, RoomPeople people)
{
    // What changes while it works is looked for once more; what changes after that is found by the sweep.
    private const int Looks = 2;

    public async Task HandleAsync(string poolPairId, CancellationToken cancellationToken)
    {
        for (var look = 0; look < Looks; look++)
        {
            var stale = await crowded.ListStaleAsync(poolPairId, cancellationToken);
            if (stale.Count == 0)
                return;
            foreach (var room in stale)
            {
                if (await rooms.FindAsync(room, cancellationToken) is { } view)
                    await people.KeepAsync(view, cancellationToken);
            }
        }
    }
}

/// <summary>Key: the pool pair's id.</summary>
[DisallowConcurrentExecution]
internal sealed class ListCrowdsJob(ListCrowdsHandler list) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await list.HandleAsync(context.JobDetail.Key.Name, cancellationToken);
}

/// <summary>Pool pairs with a crowded room whose people are to be worked out again. Also looked for after each change in a pool pair: of its options, or by a finished transfer.</summary>
internal sealed class StaleCrowds(CrowdedRooms crowded, LiveFeed feed, JobQueue queue, TimeProvider time) : IUnfinishedWork, IHostedService, IDisposable
{
    // A run of small rooms changes its pool pair several times a second.
    private static readonly TimeSpan _between = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stopping = new();
    private IDisposable? _subscription;

    public async Task EnqueueAsync(JobQueue jobs, CancellationToken cancellationToken)
    {
        foreach (var pair in await crowded.ListStalePairsAsync(cancellationToken))
            await jobs.EnqueueAsync<ListCrowdsJob>(pair, cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = feed.Subscribe("pair:", FollowAsync);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _subscription?.Dispose();
        _stopping.Cancel();
        return Task.CompletedTask;
    }

    public void Dispose() => _stopping.Dispose();

    private async Task FollowAsync()
    {
        try
        {
            await EnqueueAsync(queue, _stopping.Token);
            await Task.Delay(_between, time, _stopping.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The portal stops.
        }
    }
}
