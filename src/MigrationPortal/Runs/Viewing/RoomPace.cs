namespace MigrationPortal.Runs.Viewing;

/// <summary>How fast one room is copied, from what a page saw of it. Bounded: a page keeps one for each moving room.</summary>
public sealed class RoomPace
{
    // Long enough for a page of a slow room to arrive, short enough to follow the run's speed.
    private static readonly TimeSpan _window = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _step = TimeSpan.FromSeconds(3);

    private readonly Queue<(DateTimeOffset At, long Copied)> _seen = [];

    public void See(DateTimeOffset at, long copied)
    {
        if (_seen.Count > 0 && at - _seen.Last().At < _step)
            return;
        _seen.Enqueue((at, copied));
        while (at - _seen.Peek().At > _window)
            _seen.Dequeue();
    }

    /// <summary>Messages a second; null until it was seen for some seconds.</summary>
    public double? Rate => _seen.Count < 2 ? null : (_seen.Last().Copied - _seen.Peek().Copied) / (_seen.Last().At - _seen.Peek().At).TotalSeconds;

    /// <returns>At the fastest and at the slowest rate of the last half minute; null while nothing can be said.</returns>
    public (TimeSpan Earliest, TimeSpan Latest)? Left(long messages)
    {
        var rates = _seen.Zip(_seen.Skip(1), (from, to) => (to.Copied - from.Copied) / (to.At - from.At).TotalSeconds).ToList();
        if (Rate is not (> 0 and var mean))
            return null;
        // A single empty or lucky step must not turn an estimate into "never" or "now".
        var (fast, slow) = (Math.Clamp(rates.Max(), mean, 2 * mean), Math.Clamp(rates.Min(), mean / 2, mean));
        return (TimeSpan.FromSeconds(messages / fast), TimeSpan.FromSeconds(messages / slow));
    }
}
