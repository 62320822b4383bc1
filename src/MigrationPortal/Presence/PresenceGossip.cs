using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Live;
using Npgsql;

namespace MigrationPortal.Presence;

/// <summary>
/// Tells the other nodes who is here, by LISTEN and NOTIFY of the portal's database and without a row in it: changes within 250 ms
/// together, everything each 10 s, and at once when a node asks that has just begun to listen.
/// </summary>
internal sealed class PresenceGossip(PresenceStore store, IDbContextFactory<PortalDbContext> databases, TimeProvider time, ILogger<PresenceGossip> logger) : BackgroundService
{
    private const string Channel = "portal_presence";
    private const int NotifySeconds = 10;
    // The portal stops, whether the others hear of it or not.
    private const int ByeSeconds = 2;

    public static readonly TimeSpan SendInterval = TimeSpan.FromMilliseconds(250);
    public static readonly TimeSpan SnapshotInterval = TimeSpan.FromSeconds(10);

    private readonly string _node = NodeConnection.NewNodeName();
    private volatile bool _isAsked;
    private volatile bool _asks;

    /// <summary>Payloads sent.</summary>
    public long SentCount { get; private set; }

    /// <summary>Whether another node waits for a snapshot.</summary>
    public bool IsAsked => _isAsked;

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var connection = new NodeConnection(databases, time, logger);
        return Task.WhenAll(
            connection.KeepAsync(ListenAsync, stoppingToken),
            connection.KeepAsync(SendAsync, stoppingToken));
    }

    private async Task ListenAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            connection.Notification += (_, news) => Take(news.Payload);
            await using (var listen = new NpgsqlCommand($"listen {Channel}", connection))
                await listen.ExecuteNonQueryAsync(cancellationToken);
            _asks = true;
            store.SetCutOff(false);
            while (true)
                await connection.WaitAsync(cancellationToken);
        }
        finally
        {
            store.SetCutOff(true);
        }
    }

    private void Take(string payload)
    {
        if (PresenceMessage.Read(payload) is not { } message || message.Node == _node)
            return;
        if (message.Kind is PresenceKind.Ask)
            _isAsked = true;
        store.Take(message);
    }

    private async Task SendAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // What a cut connection lost is in the first snapshot of the next.
        _isAsked = true;
        var isHere = false;
        var snapshotAt = time.GetUtcNow();
        using var timer = new PeriodicTimer(SendInterval, time);
        while (await NextAsync(timer, cancellationToken))
        {
            store.DropSilent();
            List<string> payloads = [];
            if (_asks)
            {
                _asks = false;
                payloads.AddRange(PresenceMessage.Write(_node, PresenceKind.Ask, []));
            }

            if (_isAsked || (isHere && time.GetUtcNow() - snapshotAt >= SnapshotInterval))
            {
                (_isAsked, snapshotAt) = (false, time.GetUtcNow());
                var all = store.TakeAll();
                // A node without anybody has nothing to keep alive.
                isHere = all.Count > 0;
                payloads.AddRange(PresenceMessage.Write(_node, PresenceKind.Snapshot, all));
            }
            else if (store.TakeChanged() is { Count: > 0 } changed)
            {
                isHere = true;
                payloads.AddRange(PresenceMessage.Write(_node, PresenceKind.Changes, changed));
            }

            await NotifyAsync(connection, payloads, cancellationToken);
        }

        await NotifyAsync(connection, PresenceMessage.Write(_node, PresenceKind.Bye, []), CancellationToken.None);
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken cancellationToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task NotifyAsync(NpgsqlConnection connection, IReadOnlyList<string> payloads, CancellationToken cancellationToken)
    {
        if (payloads.Count == 0)
            return;
        await using var notify = new NpgsqlCommand($"select pg_notify('{Channel}', payload) from unnest($1) with ordinality as part (payload, place) order by place", connection)
        {
            CommandTimeout = cancellationToken.CanBeCanceled ? NotifySeconds : ByeSeconds,
            Parameters = { new() { Value = payloads.ToArray() } },
        };
        await notify.ExecuteNonQueryAsync(cancellationToken);
        SentCount += payloads.Count;
    }
}
