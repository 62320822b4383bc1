using MigrationPortal.Runs.Watching;

namespace MigrationPortal.Runs;

/// <param name="Earliest">From now.</param>
/// <param name="FastRate">Messages a second, copied and verified, with which it ends earliest.</param>
/// <param name="Basis">The stretch of this run that the estimate rests on.</param>
public sealed record TimeLeft(TimeSpan Earliest, TimeSpan Latest, double FastRate, double SlowRate, TimeSpan Basis);

/// <summary>How fast a run is, from its samples alone: rates are of copied messages, the time left covers copying and verifying.</summary>
/// <param name="Now">Messages a second lately; null before there are two samples.</param>
/// <param name="StalledSince">Set when a moving run made no progress for <see cref="StallAfter"/>.</param>
/// <param name="Rates">Of the whole run.</param>
public sealed record RunPace(double? Now, double? FiveMinutes, double? WholeRun, TimeLeft? Left, DateTimeOffset? StalledSince, RunRates Rates)
{
    public static readonly TimeSpan StallAfter = TimeSpan.FromSeconds(20);
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);
    /// <summary>Two samples further apart than this have a pause or an outage between them, which is no slowness of the run.</summary>
    public static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Recently = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortestBasis = TimeSpan.FromSeconds(3);

    public static RunPace None { get; } = new(null, null, null, null, null, RunRates.None);

    /// <param name="samples">Oldest first; at least the last five minutes.</param>
    /// <param name="whole">Copied messages and moving time of the whole run.</param>
    public static RunPace Of(IReadOnlyList<RunSample> samples, RunStretch whole, RunRates rates, RunTotals totals, bool isMoving, DateTimeOffset now)
    {
        var steps = Steps(samples).ToList();
        var window = steps.Where(x => x.Until > now - Window).ToList();
        return new(
            Rate(steps.Where(x => x.Until > now - Recently), isMoving),
            Rate(window, isMoving: true),
            whole.Moving > TimeSpan.Zero ? whole.Copied / whole.Moving.TotalSeconds : null,
            isMoving ? Estimate(window, totals) : null,
            isMoving ? Stall(samples, now) : null,
            rates);
    }

    private static IEnumerable<Step> Steps(IReadOnlyList<RunSample> samples)
    {
        for (var i = 1; i < samples.Count; i++)
        {
            var (from, to) = (samples[i - 1], samples[i]);
            if (to.At > from.At && to.At - from.At <= LongestStep)
                yield return new(to.At, to.At - from.At, to.CopiedMessageCount - from.CopiedMessageCount, to.VerifiedMessageCount - from.VerifiedMessageCount);
        }
    }

    private static double? Rate(IEnumerable<Step> steps, bool isMoving)
    {
        var (copied, seconds) = (0L, 0d);
        foreach (var step in steps)
            (copied, seconds) = (copied + step.Copied, seconds + step.Length.TotalSeconds);
        return seconds > 0 && isMoving ? copied / seconds : null;
    }

    /// <summary>Each message is copied, then verified. The range is what the slower and the faster quarter of the last minutes would need.</summary>
    private static TimeLeft? Estimate(List<Step> window, RunTotals totals)
    {
        var seconds = window.Sum(x => x.Length.TotalSeconds);
        var done = window.Sum(x => x.Copied + x.Verified);
        if (seconds < ShortestBasis.TotalSeconds || done <= 0)
            return null;
        var mean = done / seconds;
        var rates = window.Select(x => (x.Copied + x.Verified) / x.Length.TotalSeconds).Order().ToList();
        // A single empty or lucky second must not turn an estimate into "never" or "now".
        var slow = Math.Clamp(rates[rates.Count / 4], mean / 2, mean);
        var fast = Math.Clamp(rates[rates.Count * 3 / 4], mean, mean * 2);
        var left = Math.Max(0, (2 * totals.TotalMessageCount) - totals.CopiedMessageCount - totals.VerifiedMessageCount);
        return new(TimeSpan.FromSeconds(left / fast), TimeSpan.FromSeconds(left / slow), fast / 2, slow / 2, TimeSpan.FromSeconds(seconds));
    }

    private static DateTimeOffset? Stall(IReadOnlyList<RunSample> samples, DateTimeOffset now)
    {
        if (samples.Count == 0)
            return null;
        var last = samples[^1];
        var since = samples.First(x => x.CopiedMessageCount == last.CopiedMessageCount && x.VerifiedMessageCount == last.VerifiedMessageCount
            && x.CopiedFileByteCount == last.CopiedFileByteCount).At;
        return now - since >= StallAfter ? since : null;
    }

    private readonly record struct Step(DateTimeOffset Until, TimeSpan Length, long Copied, long Verified);
}

public readonly record struct RunStretch(long Copied, TimeSpan Moving)
{
    public RunStretch Plus(RunSample? from, RunSample to) =>
        from is not null && to.At - from.At <= RunPace.LongestStep
            ? new(Copied + to.CopiedMessageCount - from.CopiedMessageCount, Moving + (to.At - from.At))
            : this;
}
