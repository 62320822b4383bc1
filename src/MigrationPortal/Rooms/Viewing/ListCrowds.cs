using MigrationPortal.Jobs;
using MigrationPortal.Live;
using Quartz;

namespace MigrationPortal.Rooms.Viewing;

/// <summary>Works out the people of a pool pair's crowded rooms again where what is kept of them no longer holds.</summary>
internal sealed class ListCrowdsHandler(CrowdedRooms crowded, RoomQueries rooms, RoomPeople people)
{
    public async Task HandleAsync(string poolPairId, CancellationToken cancellationToken)
    {
        foreach (var room in await crowded.ListStaleAsync(poolPairId, cancellationToken))
        {
            if (await rooms.FindAsync(room, cancellationToken) is { } view)
                await people.KeepAsync(view, cancellationToken);
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
internal sealed class StaleCrowds(CrowdedRooms crowded, LiveFeed feed, JobQueue queue, TimeProvider time) : IUnfinishedWork, IHostedService
{
    // A run of small rooms changes its pool pair several times a second.
    private static readonly TimeSpan _between = TimeSpan.FromSeconds(2);

    private IDisposable? _subscription;

    public async Task EnqueueAsync(JobQueue jobs, CancellationToken cancellationToken)
    {
        foreach (var pair in await crowded.ListStalePairsAsync(cancellationToken))
            await jobs.EnqueueAgainAsync<ListCrowdsJob>(pair, cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = feed.Subscribe("pair:", async () =>
        {
            await EnqueueAsync(queue, CancellationToken.None);
            await Task.Delay(_between, time, CancellationToken.None);
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _subscription?.Dispose();
        return Task.CompletedTask;
    }
}
