namespace MigrationPortal.Presence;

/// <summary>What the other nodes told last. For one thread at a time.</summary>
internal sealed class OtherNodes(TimeProvider time)
{
    /// <summary>Two snapshots and some time on the way: a node that is silent for longer is gone.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(25);

    // Whatever is told, memory ends here.
    private const int MostNodes = 100;
    private const int MostEntries = 5_000;

    private readonly Dictionary<string, Node> _nodes = new(StringComparer.Ordinal);

    public IEnumerable<PresenceEntry> Shown => _nodes.Values.SelectMany(x => x.Entries.Values);

    /// <returns>The subjects that this changes.</returns>
    public IReadOnlyCollection<string> Take(PresenceMessage message)
    {
        if (message.Kind is PresenceKind.Ask)
            return [];
        if (message.Kind is PresenceKind.Bye)
            return Forget(message.Node);
        if (!_nodes.TryGetValue(message.Node, out var node))
        {
            if (_nodes.Count >= MostNodes)
                return [];
            _nodes[message.Node] = node = new Node();
        }

        node.HeardAt = time.GetUtcNow();
        if (message.Kind is PresenceKind.Changes)
            return Change(node.Entries, message.Changes);
        if (message.IsFirst)
            node.Coming = [];
        if (node.Coming is not { } coming)
            return [];
        Change(coming, message.Changes);
        if (!message.IsLast)
            return [];
        (var before, node.Entries, node.Coming) = (node.Entries, coming, null);
        // What is in both is no change.
        return [.. before.Except(coming).Concat(coming.Except(before)).Select(x => x.Value.Subject).Distinct(StringComparer.Ordinal)];
    }

    /// <inheritdoc cref="Take" path="/returns"/>
    public IReadOnlyCollection<string> DropSilent()
    {
        var limit = time.GetUtcNow() - LongestSilence;
        return [.. _nodes.Where(x => x.Value.HeardAt < limit).Select(x => x.Key).ToList().SelectMany(Forget)];
    }

    /// <inheritdoc cref="Take" path="/returns"/>
    public IReadOnlyCollection<string> DropAll() => [.. _nodes.Keys.ToList().SelectMany(Forget)];

    private IReadOnlyCollection<string> Forget(string name) => _nodes.Remove(name, out var node) ? [.. Subjects(node.Entries.Values)] : [];

    private static HashSet<string> Change(Dictionary<long, PresenceEntry> entries, IReadOnlyList<PresenceChange> changes)
    {
        var subjects = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (id, entry) in changes)
        {
            if (entries.Remove(id, out var before))
                subjects.Add(before.Subject);
            if (entry is null || entries.Count >= MostEntries)
                continue;
            entries[id] = entry;
            subjects.Add(entry.Subject);
        }

        return subjects;
    }

    private static IEnumerable<string> Subjects(IEnumerable<PresenceEntry> entries) => entries.Select(x => x.Subject).Distinct(StringComparer.Ordinal);

    private sealed class Node
    {
        public DateTimeOffset HeardAt { get; set; }

        public Dictionary<long, PresenceEntry> Entries { get; set; } = [];

        /// <summary>A snapshot of which not every part is here.</summary>
        public Dictionary<long, PresenceEntry>? Coming { get; set; }
    }
}
