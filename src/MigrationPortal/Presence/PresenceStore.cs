using MigrationPortal.Live;

namespace MigrationPortal.Presence;

/// <summary>
/// Who is at what, in memory alone: this node's circuits, and what the other nodes told. Nothing of it is written down, and nothing
/// remembers who was there.
/// </summary>
internal sealed class PresenceStore(TimeProvider time, ILogger<LiveFeed> logger)
{
    // A feed of its own: a tab that comes or goes is no news for the lists and counts that follow the portal's.
    private readonly LiveFeed _feed = new(time, logger);
    private readonly Lock _lock = new();
    private readonly OwnEntries _own = new();
    private readonly OtherNodes _others = new(time);
    private volatile bool _isCutOff;

    /// <summary>Whether only people of this node are known, since the others cannot be heard.</summary>
    public bool IsCutOff => _isCutOff;

    /// <param name="changed">As <see cref="LiveFeed"/> calls back: at most every 100 ms.</param>
    public IDisposable Subscribe(string subject, Func<Task> changed) => _feed.Subscribe(subject, changed);

    /// <summary>Whoever is there longest first.</summary>
    public IReadOnlyList<PresentPerson> List(string subject)
    {
        lock (_lock)
            return [.. PresentPerson.Of(_own.Shown.Concat(_others.Shown).Where(x => x.Subject == subject))];
    }

    /// <returns>The number to change it by.</returns>
    public long Enter(string circuit, PresenceEntry entry)
    {
        long id;
        lock (_lock)
            id = _own.Add(circuit, entry);
        _feed.Deliver(entry.Subject);
        return id;
    }

    public void Replace(long id, PresenceEntry entry)
    {
        lock (_lock)
            _own.Replace(id, entry);
        _feed.Deliver(entry.Subject);
    }

    public void Leave(long id) => Tell(() => _own.Remove(id) is { } subject ? [subject] : []);

    public void SetConnected(string circuit, bool isConnected) => Tell(() => _own.SetConnected(circuit, isConnected));

    public void Close(string circuit) => Tell(() => _own.Close(circuit));

    /// <summary>All that this node shows, for the other nodes.</summary>
    public IReadOnlyList<PresenceChange> TakeAll()
    {
        lock (_lock)
            return _own.TakeAll();
    }

    /// <summary>What changed since the last time, for the other nodes.</summary>
    public IReadOnlyList<PresenceChange> TakeChanged()
    {
        lock (_lock)
            return _own.TakeChanged();
    }

    public void Take(PresenceMessage message) => Tell(() => _others.Take(message));

    public void DropSilent() => Tell(_others.DropSilent);

    /// <summary>What was heard before is dropped when the link is cut: nobody would tell who left.</summary>
    public void SetCutOff(bool isCutOff)
    {
        if (_isCutOff == isCutOff)
            return;
        _isCutOff = isCutOff;
        lock (_lock)
            _others.DropAll();
        _feed.AnnounceEverything();
    }

    private void Tell(Func<IReadOnlyCollection<string>> change)
    {
        IReadOnlyCollection<string> subjects;
        lock (_lock)
            subjects = change();
        foreach (var subject in subjects)
            _feed.Deliver(subject);
    }
}
