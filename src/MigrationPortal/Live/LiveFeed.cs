using System.Collections.Concurrent;
using System.Globalization;

namespace MigrationPortal.Live;

/// <summary>
/// Tells whoever is listening in this process that something changed; the listener reads what. Topics are a kind and an id:
/// <c>pair:contoso</c>, <c>scan:contoso</c>, <c>batch:12</c>, <c>run:7</c>, or a word alone, <c>reviews</c>.
/// </summary>
internal sealed class LiveFeed(TimeProvider time, ILogger<LiveFeed> logger)
{
    private readonly ConcurrentDictionary<Subscription, byte> _subscriptions = new();

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
        foreach (var subscription in _subscriptions.Keys)
            subscription.Signal();
    }

    internal void Deliver(string topic)
    {
        foreach (var subscription in _subscriptions.Keys)
            if (subscription.Wants(topic))
                subscription.Signal();
    }

    /// <param name="topicPrefix">A whole topic, a kind with its colon (<c>batch:</c>), or nothing for all.</param>
    /// <param name="changed">Called at once after the first change, then at most every 100 ms; never twice at a time.</param>
    public IDisposable Subscribe(string topicPrefix, Func<Task> changed)
    {
        // A page speaks the language of whoever looks at it, not of whoever made the change.
        var language = CultureInfo.CurrentUICulture;
        var subscription = new Subscription(this, topicPrefix, new Throttle(SpokenAsync, time, logger));
        _subscriptions.TryAdd(subscription, 0);
        return subscription;

        async Task SpokenAsync()
        {
            CultureInfo.CurrentUICulture = language;
            await changed();
        }
    }

    internal int SubscriptionCount => _subscriptions.Count;

    private sealed class Subscription(LiveFeed feed, string prefix, Throttle throttle) : IDisposable
    {
        // "batch:1" must not hear of batch 12: only a kind, or nothing, stands for many.
        public bool Wants(string topic) =>
            prefix.Length == 0 || topic == prefix || (prefix.EndsWith(':') && topic.StartsWith(prefix, StringComparison.Ordinal));

        public void Signal() => throttle.Signal();

        public void Dispose()
        {
            feed._subscriptions.TryRemove(this, out _);
            throttle.Dispose();
        }
    }
}
