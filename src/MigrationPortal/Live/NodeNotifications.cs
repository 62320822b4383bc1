using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using Npgsql;

namespace MigrationPortal.Live;

/// <summary>
/// Carries topics between the nodes that share a portal database, by its LISTEN and NOTIFY: <c>node|topic</c>. A node that was cut
/// off tells its listeners to look at everything again, so that lost news cost seconds, not truth.
/// </summary>
internal sealed class NodeNotifications(LiveFeed feed, IDbContextFactory<PortalDbContext> databases, TimeProvider time, ILogger<NodeNotifications> logger) : BackgroundService
{
    private const string Channel = "portal_live";
    private const string Everything = "*";

    /// <summary>More waiting topics than this are no news any more: the others look at everything.</summary>
    private const int MostWaiting = 500;

    private static readonly TimeSpan SendInterval = TimeSpan.FromMilliseconds(100);

    private readonly string _node = NodeConnection.NewNodeName();
    // Topic → how often it was told: what is told again while it is being sent is sent again.
    private readonly ConcurrentDictionary<string, long> _waiting = new(StringComparer.Ordinal);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        feed.Outward = Keep;
        var connection = new NodeConnection(databases, time, logger);
        return Task.WhenAll(
            connection.KeepAsync(ListenAsync, stoppingToken),
            connection.KeepAsync(SendAsync, stoppingToken));
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        feed.Outward = null;
        await base.StopAsync(cancellationToken);
    }

    private void Keep(string topic)
    {
        var kept = _waiting.Count < MostWaiting || _waiting.ContainsKey(topic) ? topic : Everything;
        _waiting.AddOrUpdate(kept, 1, (_, times) => times + 1);
    }

    private async Task ListenAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        connection.Notification += (_, news) => Take(news.Payload);
        await using (var listen = new NpgsqlCommand($"listen {Channel}", connection))
            await listen.ExecuteNonQueryAsync(cancellationToken);
        // Whatever was told before this node listened.
        feed.AnnounceEverything();
        while (true)
            await connection.WaitAsync(cancellationToken);
    }

    private void Take(string payload)
    {
        var bar = payload.IndexOf('|', StringComparison.Ordinal);
        if (bar < 0 || payload.AsSpan(0, bar).SequenceEqual(_node))
            return;
        if (payload[(bar + 1)..] is not Everything and var topic)
            feed.Deliver(topic);
        else
            feed.AnnounceEverything();
    }

    // Many changes of one thing within the interval are one piece of news.
    private async Task SendAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(SendInterval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var sent = _waiting.ToArray();
            if (sent.Length == 0)
                continue;
            await using var notify = new NpgsqlCommand($"select pg_notify('{Channel}', $1 || '|' || topic) from unnest($2) as topic", connection)
            {
                Parameters = { new() { Value = _node }, new() { Value = sent.Select(x => x.Key).ToArray() } },
            };
            await notify.ExecuteNonQueryAsync(cancellationToken);
            // Forgotten only once it is sent, and only where it was not told again since.
            foreach (var topic in sent)
                _waiting.TryRemove(topic);
        }
    }
}
