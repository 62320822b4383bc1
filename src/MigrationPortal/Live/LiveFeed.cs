using System.Collections.Concurrent;
using System.Globalization;

namespace MigrationPortal.Live;

/// <summary>
/// Tells whoever is listening in this process that something changed; the listener reads what. Topics are a kind and an id:
/// <c>pair:contoso</c>, <c>scan:contoso</c>, <c>batch:12</c>, <c>run:7</c>, or a word alone, <c>reviews</c>.
/// </summary>
internal sealed class LiveFeed(TimeProvider time, ILogger<LiveFeed> logger)
{
    /// <summary>Told on the node whose work waits for the portal's own database.</summary>
    public const string Outage = "outage";

    private readonly ConcurrentDictionary<Subscription, byte> _subscriptions = new();

    /// <param name="id">Null is any of that kind.</param>
    public static bool IsOf(string topic, string kind, string? id = null) =>
        topic.StartsWith(kind, StringComparison.Ordinal) && topic.Length > kind.Length && topic[kind.Length] == ':'
        && (id is null || topic.AsSpan(kind.Length + 1).SequenceEqual(id));

    /// <inheritdoc cref="IsOf(string, string, string?)"/>
    public static bool IsOf(string topic, string kind, long id) => IsOf(topic, kind, id.ToString(CultureInfo.InvariantCulture));

    private long _version;
    private long _stateVersion;

    /// <summary>Grows with everything that this node hears of, before anybody is told.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Grows like <see cref="Version"/>, but not with news of how far a run, a scan or a room has come.</summary>
    public long StateVersion => Interlocked.Read(ref _stateVersion);

    /// <summary>Carries a topic to the other nodes. Must return at once.</summary>
    public Action<string>? Outward { get; set; }

    /// <summary>Never blocks and never throws, whatever the listeners do.</summary>
    public void Announce(string topic)
    {
        Deliver(topic);
        AnnounceElsewhere(topic);
    }

    /// <summary>For what this node has told its own listeners already, with more than a topic.</summary>
    public void AnnounceElsewhere(string topic) => Outward?.Invoke(topic);

    /// <summary>Something may have changed everywhere: news were lost on the way from another node.</summary>
    public void AnnounceEverything()
    {
        Interlocked.Increment(ref _version);
        Interlocked.Increment(ref _stateVersion);
        foreach (var subscription in _subscriptions.Keys)
            subscription.Signal();
    }

    internal void Deliver(string topic)
    {
        Interlocked.Increment(ref _version);
        if (!IsOf(topic, "run") && !IsOf(topic, "scan") && !IsOf(topic, "pair"))
            Interlocked.Increment(ref _stateVersion);
        foreach (var subscription in _subscriptions.Keys)
            if (subscription.Wants(topic))
                subscription.Signal();
    }

    /// <param name="topicPrefix">A whole topic, a kind with its colon (<c>batch:</c>), or nothing for all.</param>
    /// <param name="changed">Called at once after the first change, then at most every 100 ms; never twice at a time.</param>
    // "batch:1" must not hear of batch 12: only a kind, or nothing, stands for many.
    public IDisposable Subscribe(string topicPrefix, Func<Task> changed) => Subscribe(
        topic => topicPrefix.Length == 0 || topic == topicPrefix || (topicPrefix.EndsWith(':') && topic.StartsWith(topicPrefix, StringComparison.Ordinal)), changed);

    /// <param name="wants">Asked on any thread, for every topic.</param>
    /// <inheritdoc cref="Subscribe(string, Func{Task})" path="/param[@name='changed']"/>
    public IDisposable Subscribe(Func<string, bool> wants, Func<Task> changed)
    {
        // A page speaks the language of whoever looks at it, not of whoever made the change.
        var language = CultureInfo.CurrentUICulture;
        var subscription = new Subscription(this, wants, new Throttle(SpokenAsync, time, logger));
        _subscriptions.TryAdd(subscription, 0);
        return subscription;

        async Task SpokenAsync()
        {
            CultureInfo.CurrentUICulture = language;
            await changed();
        }
    }

    internal int SubscriptionCount => _subscriptions.Count;

    private sealed class Subscription(LiveFeed feed, Func<string, bool> wants, Throttle throttle) : IDisposable
    {
        public bool Wants(string topic) => wants(topic);

        public void Signal() => throttle.Signal();

        public void Dispose()
        {
            feed._subscriptions.TryRemove(this, out _);
            throttle.Dispose();
        }
    }
}
