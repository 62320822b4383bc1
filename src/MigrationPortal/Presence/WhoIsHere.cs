using System.Collections.Concurrent;
using MigrationPortal.Live;

namespace MigrationPortal.Presence;

/// <summary>
/// Who looks at what right now, on this node. Nothing of it is kept, logged or audited. A subject is a kind and an id, as in the feed's
/// topics: <c>batch:12</c>. Changes are told on this node as <c>presence:batch:12</c>.
/// </summary>
internal sealed class WhoIsHere(LiveFeed feed)
{
    // One entry for each page that is open on this node.
    private readonly ConcurrentDictionary<Visit, byte> _visits = new();

    public static string TopicOf(string subject) => $"presence:{subject}";

    /// <param name="circuit">Whose connection decides whether the person is still there.</param>
    /// <returns>Ends the visit when disposed.</returns>
    public IDisposable Enter(string subject, string account, CircuitPresence circuit)
    {
        var visit = new Visit(this, subject, account, circuit);
        _visits.TryAdd(visit, 0);
        Tell(subject);
        return visit;
    }

    /// <summary>Accounts, each once, whatever number of pages they have open.</summary>
    public IReadOnlyList<string> Of(string subject) =>
        [.. _visits.Keys.Where(x => x.Subject == subject && x.Circuit.IsConnected).Select(x => x.Account).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    internal void Changed(CircuitPresence circuit)
    {
        foreach (var subject in _visits.Keys.Where(x => x.Circuit == circuit).Select(x => x.Subject).Distinct())
            Tell(subject);
    }

    private void Tell(string subject) => feed.Deliver(TopicOf(subject));

    private sealed class Visit(WhoIsHere board, string subject, string account, CircuitPresence circuit) : IDisposable
    {
        public string Subject { get; } = subject;

        public string Account { get; } = account;

        public CircuitPresence Circuit { get; } = circuit;

        public void Dispose()
        {
            if (board._visits.TryRemove(this, out _))
                board.Tell(Subject);
        }
    }
}
