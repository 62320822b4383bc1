namespace MigrationPortal.Runs.Watching;

/// <param name="Seconds">After the run's start.</param>
/// <param name="Rate">Messages a second.</param>
/// <param name="IsAfterPause">Nothing was copied between the point before and this one: no line joins them.</param>
public sealed record RatePoint(double Seconds, double Rate, bool IsAfterPause);

/// <summary>How fast a run was, from its start until now.</summary>
/// <param name="Points">At most <see cref="RateSeries.Most"/>, oldest first.</param>
/// <param name="SlowSince">Since when it copies less than half as fast as before; null while it does not.</param>
public sealed record RunRates(DateTimeOffset Start, IReadOnlyList<RatePoint> Points, DateTimeOffset? SlowSince)
{
    public static RunRates None { get; } = new(default, [], null);
}

/// <param name="Index">Which step of the run, from 0.</param>
/// <param name="Seconds">Of the step in which the run moved.</param>
internal sealed record RateCell(int Index, long Copied, double Seconds);

/// <summary>Sums a run's samples into at most <see cref="Most"/> steps of equal length; when a run grows beyond them, its steps become twice as long.</summary>
internal sealed class RateSeries
{
    public const int Most = 120;

    // Less than half of what it was before, and for longer than chance explains.
    private const double SlowShare = 0.5;
    private const int FewestBefore = 6;
    private static readonly TimeSpan ShortestSlowness = TimeSpan.FromSeconds(20);

    private readonly SortedDictionary<int, RateCell> _cells = [];
    private readonly DateTimeOffset _start;
    private TimeSpan _step;

    public RateSeries(DateTimeOffset start, TimeSpan step, IEnumerable<RateCell> cells)
    {
        (_start, _step) = (start, step);
        foreach (var cell in cells)
            Add(cell);
    }

    /// <summary>The length of a step with which a run of that length needs at most <see cref="Most"/> of them.</summary>
    public static TimeSpan StepOf(TimeSpan length)
    {
        var step = TimeSpan.FromSeconds(1);
        while (length >= step * Most)
            step *= 2;
        return step;
    }

    public void Add(RunSample? from, RunSample to)
    {
        if (from is not null && to.At > from.At && to.At - from.At <= RunPace.LongestStep)
            Add(new(IndexOf(to.At), to.CopiedMessageCount - from.CopiedMessageCount, (to.At - from.At).TotalSeconds));
    }

    public RunRates Read()
    {
        var points = new List<RatePoint>(_cells.Count);
        // Samples come every five seconds at most; more than a pause of that is one of the run.
        var longest = Math.Max(RunPace.LongestStep.TotalSeconds, 2 * _step.TotalSeconds);
        foreach (var cell in _cells.Values)
        {
            var at = (cell.Index + 1) * _step.TotalSeconds;
            points.Add(new(at, Math.Max(0, cell.Copied / cell.Seconds), points.Count > 0 && at - points[^1].Seconds > longest));
        }

        return new(_start, points, SlowSince(points));
    }

    private int IndexOf(DateTimeOffset at) => Math.Max(0, (int)((at - _start) / _step));

    private void Add(RateCell cell)
    {
        while (cell.Index >= Most)
        {
            Halve();
            cell = cell with { Index = cell.Index / 2 };
        }

        _cells[cell.Index] = _cells.GetValueOrDefault(cell.Index) is { } there
            ? new(cell.Index, there.Copied + cell.Copied, there.Seconds + cell.Seconds)
            : cell;
    }

    private void Halve()
    {
        var cells = _cells.Values.ToList();
        _cells.Clear();
        _step *= 2;
        foreach (var cell in cells)
            Add(cell with { Index = cell.Index / 2 });
    }

    private DateTimeOffset? SlowSince(List<RatePoint> points)
    {
        var first = points.Count;
        for (var i = points.Count - 1; i >= FewestBefore && points[i].Rate < SlowShare * points.Take(i).Average(x => x.Rate); i--)
            first = i;
        if (first >= points.Count)
            return null;
        var since = points[first - 1].Seconds;
        return points[^1].Seconds - since >= ShortestSlowness.TotalSeconds ? _start + TimeSpan.FromSeconds(since) : null;
    }
}
