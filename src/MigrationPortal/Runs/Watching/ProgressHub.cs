using System.Globalization;
using System.Threading.Channels;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using MigrationPortal.Live;
using MigrationPortal.Runs;

namespace MigrationPortal.Runs.Watching;

/// <param name="Sequence">Of the snapshot; the next change has the next number. A gap means: watch again.</param>
internal sealed record ProgressSnapshot(long Sequence, RunResource Run, IReadOnlyList<TransferResource> Transfers);

/// <param name="Transfers">The latest of each room that changed since the last message.</param>
internal sealed record ProgressChange(long Sequence, RunResource Run, IReadOnlyList<TransferResource> Transfers);

internal interface IProgressClient
{
    Task Changed(ProgressChange change);
}

/// <summary>For programs that follow a batch; the portal's own pages listen in process.</summary>
[Authorize]
internal sealed class ProgressHub(RunFeed feed, RunQueries queries, IHubContext<ProgressHub, IProgressClient> clients) : Hub<IProgressClient>, IHubForPrograms
{
    // A client too slow for this many messages loses the oldest, sees the gap and watches again.
    private const int Backlog = 256;

    private const string Watching = "watching";

    /// <summary>Follows the latest run of a batch until the connection ends or another batch is watched; null when it never ran.</summary>
    public async Task<ProgressSnapshot?> Watch(string batchId)
    {
        Leave();
        if (!long.TryParse(batchId, CultureInfo.InvariantCulture, out var id) || await queries.FindLatestAsync(id, Context.ConnectionAborted) is not { } run)
            return null;
        var channel = Channel.CreateBounded<RunChange>(new BoundedChannelOptions(Backlog) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        var watch = await feed.WatchAsync(
            run.Id,
            change =>
            {
                channel.Writer.TryWrite(change);
                return Task.CompletedTask;
            },
            Context.ConnectionAborted);
        if (watch is null)
            return null;
        Context.Items[Watching] = new Follower(watch.Subscription, channel.Writer);
        _ = SendAsync(clients.Clients.Client(Context.ConnectionId), channel.Reader, Context.ConnectionAborted);
        var snapshot = watch.Snapshot;
        return new(snapshot.Sequence, RunResource.Of(snapshot.Run, snapshot.Totals), [.. snapshot.Transfers.Select(TransferResource.Of)]);
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        Leave();
        return base.OnDisconnectedAsync(exception);
    }

    private void Leave()
    {
        if (Context.Items.Remove(Watching, out var former) && former is Follower follower)
            follower.Dispose();
    }

    private static async Task SendAsync(IProgressClient client, ChannelReader<RunChange> changes, CancellationToken aborted)
    {
        try
        {
            await foreach (var change in changes.ReadAllAsync(aborted))
                await client.Changed(new(change.Sequence, RunResource.Of(change.Run, change.Totals), [.. change.Transfers.Select(TransferResource.Of)]));
        }
        catch (OperationCanceledException)
        {
            // The connection is gone.
        }
    }

    private sealed record Follower(IDisposable Subscription, ChannelWriter<RunChange> Writer) : IDisposable
    {
        public void Dispose()
        {
            Subscription.Dispose();
            Writer.TryComplete();
        }
    }
}
