using MigrationPortal.Batches;
using MigrationPortal.Engine;

namespace MigrationPortal.Runs;

/// <summary>Stops copying within two seconds; what was copied stays and is where resuming begins.</summary>
internal sealed class PauseRunHandler(RunTransitions moves)
{
    public async Task<Outcome<RunMoved>> HandleAsync(long batchId, Caller caller, CancellationToken cancellationToken) =>
        Rights.Require(caller, Role.Operator, "pause-run") is { } refusal
            ? refusal
            : await moves.MoveAsync(
                batchId,
                new RunMove(
                    caller, "RunPaused", [RunState.Running], RunState.Paused, [BatchState.Running], BatchState.Paused, "Rule.Pause"),
                cancellationToken);
}
