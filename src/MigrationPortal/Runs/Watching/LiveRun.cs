using MigrationPortal.Runs;

namespace MigrationPortal.Runs.Watching;

/// <param name="Sequence">Counts this subscriber's messages from the snapshot on: a gap means that one was lost.</param>
internal sealed record RunSnapshot(long Sequence, RunView Run, IReadOnlyList<TransferLine> Transfers, RunTotals Totals, RunPace Pace);

/// <param name="Transfers">The latest of each room that changed since the last message.</param>
internal sealed record RunChange(long Sequence, RunView Run, IReadOnlyList<TransferLine> Transfers, RunTotals Totals, RunPace Pace);

/// <summary>
/// What this node knows of one run, and who listens. Everything happens under one lock, so that a snapshot and the changes after
/// it fit together. Bounded by the run's rooms and five minutes of samples; gone with its last listener.
/// </summary>
internal sealed class LiveRun(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, TransferLine> _lines = [];
    private readonly List<RunListener> _listeners = [];
    private readonly List<RunSample> _samples = [];
    private long[]? _order;
    private long[]? _largestFirst;
    private readonly Dictionary<RunWindow, RunRows> _rows = [];
    private RateSeries? _rates;
    private RunRates _ratesRead = RunRates.None;
    private DateTimeOffset _ratesAt;
    private RunTotals _totals = RunTotals.None;
    private RunPace? _pace;
    private DateTimeOffset _pacedAt;
    private RunView? _run;
    private RunStretch _whole;
    private DateTimeOffset? _readAt;
    private DateTimeOffset _wholeReadAt;

    // The pace is worked out for all listeners together: a sample comes every second at most.
    private static readonly TimeSpan _paceFor = TimeSpan.FromSeconds(1);

    // A chart's whole line is sent each time.
    private static readonly TimeSpan _ratesFor = TimeSpan.FromSeconds(5);

    /// <summary>How long a change is read again. It is stamped before its transaction is visible; one that took longer is found by the next whole reading.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan _wholeEvery = TimeSpan.FromMinutes(1);

    // More than are looked at at a time; those of a run that is over would stay as long as somebody looks at any.
    private const int MostWindows = 64;

    /// <summary>From when on to read what changed; null when everything is to be read.</summary>
    public (DateTimeOffset Since, DateTimeOffset? LastSample)? ReadFrom
    {
        get
        {
            lock (_lock)
                return _readAt is { } at && time.GetUtcNow() - _wholeReadAt < _wholeEvery ? (at - Overlap, _samples.Count == 0 ? null : _samples[^1].At) : null;
        }
    }

    public void Load(RunNews news)
    {
        foreach (var sample in news.Samples)
            Apply(null, [], sample);
        Apply(news.Run, news.Transfers, null);
        lock (_lock)
            _readAt = news.ReadAt > _readAt ? news.ReadAt : _readAt;
    }

    /// <summary>What stands in the database; what came in by <see cref="Apply"/> since and is newer stays.</summary>
    public void Load(RunPicture picture)
    {
        lock (_lock)
        {
            // What came in while the picture was read goes on from its end.
            var read = picture.Samples.Count == 0 ? DateTimeOffset.MinValue : picture.Samples[^1].At;
            var newer = _samples.Where(x => x.At > read).ToList();
            _samples.Clear();
            _samples.AddRange(picture.Samples);
            _whole = new(picture.Rates.Sum(x => x.Copied), TimeSpan.FromSeconds(picture.Rates.Sum(x => x.Seconds)));
            _rates = new(picture.Run.StartedAt, picture.Step, picture.Rates);
            newer.ForEach(Append);

            (_readAt, _wholeReadAt) = (picture.ReadAt, time.GetUtcNow());
            Take(picture.Run, picture.Transfers);
        }
    }

    public void Apply(RunView? run, IReadOnlyList<TransferLine> transfers, RunSample? sample)
    {
        lock (_lock)
        {
            if (sample is not null && (_samples.Count == 0 || sample.At > _samples[^1].At))
            {
                Append(sample);
                Tell(listener => listener.TellRun());
            }

            Take(run, transfers);
        }
    }

    public RunSnapshot? Join(RunListener listener)
    {
        lock (_lock)
        {
            if (_run is null)
                return null;
            _listeners.Add(listener);
            return new(0, _run, First(listener.Rows), _totals, Pace());
        }
    }

    /// <summary>The rooms that a page shows, grouped. Worked out for all pages together that show the same ones.</summary>
    public RunRows List(RunWindow window)
    {
        lock (_lock)
        {
            if (_rows.TryGetValue(window, out var rows))
                return rows;
            // Among equally large ones, those that wait longest: the next ones to begin would leave a list that nobody has read yet.
            _largestFirst ??= [.. _lines.Values.OrderByDescending(x => x.TotalMessageCount).ThenByDescending(x => x.Ordinal).Select(x => x.Id)];
            if (_rows.Count >= MostWindows)
                _rows.Clear();
            return _rows[window] = RunRows.Of(_largestFirst.Select(id => _lines[id]), window);
        }
    }

    /// <summary>All rooms that a page's filters leave, for "select all": at most those of a batch.</summary>
    public IReadOnlyList<long> ListRooms(RunWindow window)
    {
        lock (_lock)
            return [.. _lines.Values.Where(x => RunRows.Matches(x, window)).Select(x => x.RoomId)];
    }

    public void Leave(RunListener listener)
    {
        lock (_lock)
            _listeners.Remove(listener);
    }

    /// <summary>What that listener has not heard yet; null when there is nothing.</summary>
    public RunChange? Collect(RunListener listener)
    {
        lock (_lock)
        {
            if (_run is null || !listener.TryTake(out var sequence, out var ids))
                return null;
            return new(sequence, _run, [.. ids.Select(id => _lines[id]).OrderBy(x => x.Ordinal)], _totals, Pace());
        }
    }

    private TransferLine[] First(int rows) =>
        [.. (_order ??= [.. _lines.Values.OrderBy(x => x.Ordinal).Select(x => x.Id)]).Take(rows).Select(id => _lines[id])];

    private RunPace Pace()
    {
        var now = time.GetUtcNow();
        if (_pace is null || now - _pacedAt >= _paceFor)
            (_pace, _pacedAt) = (RunPace.Of(_samples, _whole, Rates(now), _totals, _run?.State == RunState.Running, now), now);
        return _pace;
    }

    private void Append(RunSample sample)
    {
        var before = _samples.Count == 0 ? null : _samples[^1];
        _whole = _whole.Plus(before, sample);
        _rates?.Add(before, sample);
        _samples.Add(sample);
        _samples.RemoveAll(x => x.At < sample.At - RunPace.Window - RunPace.LongestStep);
        _pace = null;
    }

    private RunRates Rates(DateTimeOffset now)
    {
        if (_rates is not null && (now - _ratesAt >= _ratesFor || _run?.State != RunState.Running))
            (_ratesRead, _ratesAt) = (_rates.Read(), now);
        return _ratesRead;
    }

    private void Take(RunView? run, IReadOnlyList<TransferLine> transfers)
    {
        if (run is not null && (_run is null || run.Revision > _run.Revision))
        {
            (_run, _pace) = (run, null);
            Tell(listener => listener.TellRun());
        }

        foreach (var line in transfers)
        {
            var known = _lines.GetValueOrDefault(line.Id);
            if (line.Revision <= known?.Revision)
                continue;
            _lines[line.Id] = line;
            Forget(known, line);
            _totals = _totals.Exchange(known, line);
            if (known is null)
                _order = null;
            if (known?.TotalMessageCount != line.TotalMessageCount)
                _largestFirst = null;
            Tell(listener => listener.TellLine(line));
        }
    }

    // Of what is listed only what that room changes: whoever searches for other rooms is shown the same as before.
    private void Forget(TransferLine? known, TransferLine line)
    {
        foreach (var window in _rows.Keys)
        {
            if (window.Finds(line) || (known is not null && window.Finds(known)))
                _rows.Remove(window);
        }
    }

    private void Tell(Action<RunListener> tell)
    {
        foreach (var listener in _listeners)
            tell(listener);
    }
}
