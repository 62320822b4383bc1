using System.Globalization;
using MigrationPortal.Administration;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Transfer;

namespace MigrationPortal.Runs.Working;

/// <summary>One run while this node works on it.</summary>
internal sealed record RunTask(Run Run, PoolPairConnections Pair, MigrationPlan Plan, CopyLimits Limits, RunProgress Progress)
{
    /// <summary>Grows with every bit of progress.</summary>
    public long Done => Progress.Transfers.Sum(x => x.CopiedMessageCount + x.VerifiedMessageCount + x.CopiedFileCount + (x.State.IsDone() ? 1 : 0));
}

/// <summary>Waits longer after each failure, at most half a minute, and starts over as soon as something moved in between.</summary>
internal sealed class RetryBackoff(TimeProvider time, TimeSpan giveUpAfter)
{
    public static readonly TimeSpan Queue = TimeSpan.FromSeconds(3);

    private static readonly int[] Seconds = [1, 2, 4, 8, 15, 30];

    private long _done = -1;
    private long _since;
    private int _failures;

    /// <returns>Null when there was no progress for too long.</returns>
    public TimeSpan? Next(long done)
    {
        if (done != _done)
            (_done, _since, _failures) = (done, time.GetTimestamp(), 0);
        if (time.GetElapsedTime(_since) >= giveUpAfter && _failures > 0)
            return null;
        return TimeSpan.FromSeconds(Seconds[Math.Min(_failures++, Seconds.Length - 1)]);
    }

    public static string Words(TimeSpan delay) => string.Create(CultureInfo.InvariantCulture, $"in {delay.TotalSeconds:0} s");
}
