using System.Globalization;
using MigrationPortal.Batches;
using MigrationPortal.Engine;
using MigrationPortal.Jobs;
using MigrationPortal.Runs.Working;

namespace MigrationPortal.Runs.Steering;

/// <summary>Stops within two seconds. Nothing that was written is taken back; the batch can be resumed or undone later.</summary>
internal sealed class CancelRunHandler(RunTransitions moves, JobQueue jobs)
{
    public async Task<Outcome<RunMoved>> HandleAsync(long batchId, Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.Require(caller, Role.Operator, "cancel-run") is { } refusal)
            return refusal;
        var moved = await moves.MoveAsync(
            batchId,
            new RunMove(
                caller,
                "RunCancelRequested",
                [RunState.Running, RunState.Paused],
                RunState.Stopping,
                [BatchState.Running, BatchState.Paused],
                BatchState.Stopping,
                "Rule.Cancel"),
            cancellationToken);
        // A paused run has nobody who would notice.
        if (moved.IsDone)
            await jobs.EnqueueAgainAsync<RunBatchJob>(batchId.ToString(CultureInfo.InvariantCulture), cancellationToken);
        return moved;
    }
}
