using MigrationPortal.Live;
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
    private RunView? _run;
    private RunStretch _whole;

    public int ListenerCount
    {
        get
        {
            lock (_lock)
                return _listeners.Count;
        }
    }

    /// <summary>What stands in the database; what came in by <see cref="Apply"/> meanwhile and is newer stays.</summary>
    public void Load(RunPicture picture)
    {
        lock (_lock)
        {
            if (_samples.Count == 0 || (picture.Samples.Count > 0 && picture.Samples[^1].At >= _samples[^1].At))
            {
                _samples.Clear();
                _samples.AddRange(picture.Samples);
                _whole = picture.Whole;
            }

            Take(picture.Run, picture.Transfers);
        }
    }

    public void Apply(RunView? run, IReadOnlyList<TransferLine> transfers, RunSample? sample)
    {
        lock (_lock)
        {
            if (sample is not null && (_samples.Count == 0 || sample.At > _samples[^1].At))
            {
                _whole = _whole.Plus(_samples.Count == 0 ? null : _samples[^1], sample);
                _samples.Add(sample);
                _samples.RemoveAll(x => x.At < sample.At - RunPace.Window - RunPace.LongestStep);
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
            var totals = RunTotals.Of(_lines.Values);
            return new(0, _run, [.. _lines.Values.OrderBy(x => x.Ordinal)], totals, Pace(totals));
        }
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
            var totals = RunTotals.Of(_lines.Values);
            return new(sequence, _run, [.. ids.Select(id => _lines[id]).OrderBy(x => x.Ordinal)], totals, Pace(totals));
        }
    }

    private RunPace Pace(RunTotals totals) => RunPace.Of(_samples, _whole, totals, _run?.State == RunState.Running, time.GetUtcNow());

    private void Take(RunView? run, IReadOnlyList<TransferLine> transfers)
    {
        if (run is not null && (_run is null || run.Revision > _run.Revision))
        {
            _run = run;
            Tell(listener => listener.TellRun());
        }

        foreach (var line in transfers)
        {
            if (_lines.TryGetValue(line.Id, out var known) && line.Revision <= known.Revision)
                continue;
            _lines[line.Id] = line;
            Tell(listener => listener.TellLine(line.Id));
        }
    }

    private void Tell(Action<RunListener> tell)
    {
        foreach (var listener in _listeners)
            tell(listener);
    }
}
