using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Jobs;
using MigrationPortal.PoolPairs;
using MigrationPortal.Rooms;
using MigrationPortal.Runs.Starting;
using MigrationPortal.Runs.Working;
using MigrationPortal.SignIn;
using Npgsql;

namespace MigrationPortal.Runs.Steering;

/// <param name="Confirmations">Needed where those of the start are older than a day; see <see cref="RunConfirmations"/>.</param>
internal sealed record ResumeRun(long BatchId, params IReadOnlyList<string> Confirmations);

/// <summary>Goes on where a paused, failed or cancelled run ended, with exactly the plan it was started with.</summary>
internal sealed class ResumeRunHandler(RunTransitions moves, PoolPairCatalog catalog, IEnumerable<IBatchHold> holds, IEnumerable<IResumeCheck> checks, FreshRights rights, JobQueue jobs, TimeProvider time)
{
    public async Task<Outcome<RunMoved>> HandleAsync(ResumeRun request, Caller caller, CancellationToken cancellationToken)
    {
        var now = await rights.RequireAsync(caller, Role.Operator, "resume-run", cancellationToken);
        if (!now.IsDone)
            return now.Refusal;
        var move = new RunMove(
            now.Value,
            "RunResumed",
            [RunState.Paused, RunState.Failed, RunState.Cancelled],
            RunState.Running,
            [BatchState.Paused, BatchState.Failed, BatchState.Cancelled],
            BatchState.Running,
            "Rule.Resume") { Confirmations = request.Confirmations };
        var moved = await moves.MoveAsync(request.BatchId, move, cancellationToken, (db, run) => CheckAsync(db, run, request, cancellationToken));
        if (moved.IsDone)
            await jobs.EnqueueAgainAsync<RunBatchJob>(request.BatchId.ToString(CultureInfo.InvariantCulture), cancellationToken);
        return moved;
    }

    private async Task<Refusal?> CheckAsync(PortalDbContext db, Run run, ResumeRun request, CancellationToken cancellationToken)
    {
        var batch = await BatchReads.GetAsync(db, run.BatchId, cancellationToken);
        if (batch.ApprovedFingerprint != run.Fingerprint)
            return new("plan-changed.resume", RefusalKind.Conflict);
        foreach (var check in checks)
        {
            if (await check.CheckAsync(db, run.BatchId, cancellationToken) is { } refusal)
                return refusal;
        }

        if (await holds.FindAsync(db, batch, cancellationToken) is { } held)
            return held;
        if (await ConfirmAsync(db, batch, run, request, cancellationToken) is { } missing)
            return missing;
        return await TakeRoomsAsync(db, run.BatchId, cancellationToken);
    }

    private async Task<Refusal?> ConfirmAsync(PortalDbContext db, Batch batch, Run run, ResumeRun request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var isAged = now - run.ConfirmedAt >= RunConfirmations.Lifetime;
        if (!isAged && request.Confirmations.Count == 0)
            return null;
        if (catalog.Find(batch.PoolPairId) is not { } pair)
            return null;
        if (RunConfirmations.FindMissing(pair, request.Confirmations, "resume") is { } missing)
            return missing;
        List<string> confirmations = [.. run.Confirmations.Union(request.Confirmations, StringComparer.Ordinal)];
        await db.Set<Run>().Where(x => x.Id == run.Id).ExecuteUpdateAsync(
            set => set.SetProperty(x => x.ConfirmedAt, now).SetProperty(x => x.Confirmations, confirmations), cancellationToken);
        return null;
    }

    // Cancelled with nothing written had let its rooms go.
    private static async Task<Refusal?> TakeRoomsAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken)
    {
        var free = BatchReads.Rooms(db).Where(x => x.BatchId == batchId && !x.IsOpen).Select(x => x.RoomId);
        if (await RoomQueries.All(db).Where(x => x.LeftOutAt != null && free.Contains(x.Id)).OrderBy(x => x.Id).FirstOrDefaultAsync(cancellationToken) is { } excluded)
            return new("room-excluded", RefusalKind.Conflict, await RunQueries.Transfers(db).Where(x => x.RoomId == excluded.Id).Select(x => x.RoomName).FirstOrDefaultAsync(cancellationToken) ?? "");
        try
        {
            await BatchMoves.HoldRoomsAsync(db, batchId, cancellationToken);
            return null;
        }
        catch (PostgresException exception) when (exception.ConstraintName == "ux_batch_rooms_open")
        {
            return new("rooms-taken", RefusalKind.Conflict);
        }
    }
}
