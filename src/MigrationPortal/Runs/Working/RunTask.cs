using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Transfer;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Runs.Working;

/// <summary>One run while this node works on it.</summary>
/// <param name="IsClosing">Its window has ended: no further room may begin.</param>
internal sealed record RunTask(Run Run, PoolPairConnections Pair, CopyLimits Limits, RoomGate Gate, RunProgress Progress, Func<bool> IsClosing)
{
    /// <summary>Of the run's start, or made again when its turn came.</summary>
    public required MigrationPlan Plan { get; set; }

    /// <summary>Grows with every bit of progress.</summary>
    public long Done => Progress.Transfers.Sum(x => x.CopiedMessageCount + x.VerifiedMessageCount + x.CopiedFileCount + (x.State.IsDone() ? 1 : 0));
}
