namespace MigrationPortal.Live;

/// <summary>
/// Reads something once for everybody on this node after each change, and again after a while for what nobody announced. Whoever asks while it
/// is read waits for the same reading.
/// </summary>
internal sealed class SharedReading<T>
{
    // Keys come from addresses, too.
    private const int MostKept = 100;

    // Whoever comes later reads anew: the first reading may hang.
    private static readonly TimeSpan LongestFlight = TimeSpan.FromSeconds(2);

    private readonly Func<long> _version;
    private readonly TimeSpan _longest;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Reading> _readings = new(StringComparer.Ordinal);

    /// <summary>Reads again after each change of a batch's or a review's state, and after two seconds.</summary>
    public SharedReading(LiveFeed feed, TimeProvider time)
        : this(() => feed.StateVersion, LongestFlight, time)
    {
    }

    /// <param name="version">Grows with each change that counts.</param>
    /// <param name="longest">What a lost announcement costs; with nothing, only those share a reading who ask while it goes on.</param>
    internal SharedReading(Func<long> version, TimeSpan longest, TimeProvider time) => (_version, _longest, _time) = (version, longest, time);

    /// <param name="key">Of what is read, e.g. a pool pair; null for all.</param>
    /// <param name="read">Not cancelled by any one of those who wait for it.</param>
    public Task<T> ReadAsync(string? key, Func<Task<T>> read, CancellationToken cancellationToken) => Current(key ?? "", read).WaitAsync(cancellationToken);

    private Task<T> Current(string key, Func<Task<T>> read)
    {
        lock (_lock)
        {
            // Before anything is read: what changes during that is read again.
            var (version, now) = (_version(), _time.GetUtcNow());
            if (_readings.TryGetValue(key, out var last) && last.Version == version && !last.Value.IsFaulted && now - last.At < (last.Value.IsCompleted ? _longest : LongestFlight))
                return last.Value;
            if (_readings.Count >= MostKept)
                _readings.Clear();
            var value = Task.Run(read, CancellationToken.None);
            _readings[key] = new(version, now, value);
            return value;
        }
    }

    private sealed record Reading(long Version, DateTimeOffset At, Task<T> Value);
}
