namespace MigrationPortal.Presence;

/// <summary>
/// What the circuits of this node show, each entry under a number of the node's own. A circuit whose connection is lost shows nothing
/// until it is back; that it is lost may be told twice. For one thread at a time.
/// </summary>
internal sealed class OwnEntries
{
    private readonly Dictionary<long, (string Circuit, PresenceEntry Entry)> _entries = [];
    private readonly HashSet<string> _lost = new(StringComparer.Ordinal);
    private readonly HashSet<long> _changed = [];
    private long _last;

    public IEnumerable<PresenceEntry> Shown => _entries.Values.Where(x => !_lost.Contains(x.Circuit)).Select(x => x.Entry);

    public long Add(string circuit, PresenceEntry entry)
    {
        _entries.Add(++_last, (circuit, entry));
        _changed.Add(_last);
        return _last;
    }

    public void Replace(long id, PresenceEntry entry)
    {
        if (!_entries.TryGetValue(id, out var own))
            return;
        _entries[id] = own with { Entry = entry };
        _changed.Add(id);
    }

    /// <returns>The subject that it was at.</returns>
    public string? Remove(long id)
    {
        if (!_entries.Remove(id, out var own))
            return null;
        _changed.Add(id);
        return own.Entry.Subject;
    }

    /// <returns>The subjects that this changes.</returns>
    public IReadOnlyList<string> SetConnected(string circuit, bool isConnected)
    {
        if (!(isConnected ? _lost.Remove(circuit) : _lost.Add(circuit)))
            return [];
        var own = _entries.Where(x => x.Value.Circuit == circuit).ToList();
        _changed.UnionWith(own.Select(x => x.Key));
        return [.. own.Select(x => x.Value.Entry.Subject).Distinct(StringComparer.Ordinal)];
    }

    /// <inheritdoc cref="SetConnected" path="/returns"/>
    public IReadOnlyList<string> Close(string circuit)
    {
        _lost.Remove(circuit);
        var ids = _entries.Where(x => x.Value.Circuit == circuit).Select(x => x.Key).ToList();
        return [.. ids.Select(Remove).OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    /// <summary>All that is shown; what changed before is part of it.</summary>
    public IReadOnlyList<PresenceChange> TakeAll()
    {
        _changed.Clear();
        return [.. _entries.Where(x => !_lost.Contains(x.Value.Circuit)).Select(x => new PresenceChange(x.Key, x.Value.Entry))];
    }

    public IReadOnlyList<PresenceChange> TakeChanged()
    {
        if (_changed.Count == 0)
            return [];
        var changes = _changed.Select(id => new PresenceChange(id, _entries.TryGetValue(id, out var own) && !_lost.Contains(own.Circuit) ? own.Entry : null)).ToList();
        _changed.Clear();
        return changes;
    }
}

/// <param name="Entry">Null when it is gone.</param>
internal sealed record PresenceChange(long Id, PresenceEntry? Entry);
