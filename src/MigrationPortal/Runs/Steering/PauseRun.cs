using MigrationPortal.Batches;
using MigrationPortal.Engine;

namespace MigrationPortal.Runs.Steering;

/// <summary>
/// Stops copying within two seconds; what was copied stays and is where resuming begins. A run that its window paused is kept paused by it:
/// then it no longer resumes by itself.
/// </summary>
internal sealed class PauseRunHandler(RunTransitions moves)
{
    private static readonly RunMove _move = new(
        Caller.Portal, "RunPaused", [RunState.Running, RunState.Paused], RunState.Paused, [BatchState.Running, BatchState.Paused], BatchState.Paused, "Rule.Pause");

    public async Task<Outcome<RunMoved>> HandleAsync(long batchId, Caller caller, CancellationToken cancellationToken) =>
        Rights.Require(caller, Role.Operator, "pause-run") is { } refusal
            ? refusal
            : await moves.MoveAsync(batchId, _move with { By = caller }, cancellationToken, (_, run) => Task.FromResult(
                run is { State: RunState.Paused, PauseCause: not PauseCause.Window } ? new Refusal("wrong-state.paused", RefusalKind.Conflict) : null));
}
