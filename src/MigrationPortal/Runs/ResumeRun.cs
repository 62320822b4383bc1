using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Jobs;
using MigrationPortal.Runs.Working;
using MigrationPortal.SignIn;
using Npgsql;

namespace MigrationPortal.Runs;

/// <summary>Goes on where a paused, failed or cancelled run ended, with exactly the plan it was started with.</summary>
internal sealed class ResumeRunHandler(RunTransitions moves, FreshRights rights, JobQueue jobs, IEnumerable<IResumeCheck> checks)
{
    public async Task<Outcome<RunMoved>> HandleAsync(long batchId, Caller caller, CancellationToken cancellationToken)
    {
        var now = await rights.RequireAsync(caller, Role.Operator, "Resuming a run", cancellationToken);
        if (!now.IsDone)
            return now.Refusal;
        var moved = await moves.MoveAsync(
            batchId,
            new RunMove(
                now.Value,
                "RunResumed",
                [RunState.Paused, RunState.Failed, RunState.Cancelled],
                RunState.Running,
                [BatchState.Paused, BatchState.Failed, BatchState.Cancelled],
                BatchState.Running,
                "Only a paused, failed or cancelled batch can be resumed."),
            cancellationToken,
            (db, run) => CheckAsync(db, run, cancellationToken));
        if (moved.IsDone)
            await jobs.EnqueueAgainAsync<RunBatchJob>(batchId.ToString(CultureInfo.InvariantCulture), cancellationToken);
        return moved;
    }

    private async Task<Refusal?> CheckAsync(PortalDbContext db, Run run, CancellationToken cancellationToken)
    {
        var approved = await db.Set<Batch>().Where(x => x.Id == run.BatchId).Select(x => x.ApprovedFingerprint).SingleAsync(cancellationToken);
        if (approved != run.Fingerprint)
            return new("plan-changed", "The approved plan is no longer the one this run was started with; put the rooms into a new batch.", RefusalKind.Conflict);
        foreach (var check in checks)
        {
            if (await check.CheckAsync(db, run.BatchId, cancellationToken) is { } refusal)
                return refusal;
        }

        try
        {
            // Cancelled with nothing written had let its rooms go.
            await db.Set<BatchRoom>().Where(x => x.BatchId == run.BatchId && !x.IsOpen)
                .ExecuteUpdateAsync(set => set.SetProperty(x => x.IsOpen, true), cancellationToken);
            return null;
        }
        catch (PostgresException exception) when (exception.ConstraintName == "ux_batch_rooms_open")
        {
            return new("rooms-taken", "Rooms of this cancelled batch are in another batch by now; resume there.", RefusalKind.Conflict);
        }
    }
}
