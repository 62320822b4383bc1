using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Rooms;

namespace MigrationPortal.Runs.Working;

/// <summary>How working on a run ended.</summary>
internal sealed record RunEnd(RunState State, Wording? Detail = null);

/// <summary>
/// What the job does: looks where the run of a batch stands and goes on from there, as often as it takes. Called again from the top
/// after a lost node; nothing it needs is kept anywhere but in the databases.
/// </summary>
internal sealed class RunBatch(IDbContextFactory<PortalDbContext> databases, RunWork work, RunTransitions moves, WaitOut waitOut)
{
    public Task HandleAsync(long batchId, CancellationToken cancellationToken) =>
        waitOut.DoAsync($"The run of batch {batchId}", token => WorkAsync(batchId, token), cancellationToken);

    private async Task WorkAsync(long batchId, CancellationToken cancellationToken)
    {
        while (await FindMovingAsync(batchId, cancellationToken) is { } run)
        {
            var end = run.State == RunState.Stopping ? new RunEnd(RunState.Cancelled) : await work.DoAsync(run, cancellationToken);
            if (end is not null)
                await FinishAsync(run, end, await StateAfterAsync(run, end, cancellationToken), cancellationToken);
        }
    }

    private async Task<Run?> FindMovingAsync(long batchId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<Run>().AsNoTracking()
            .FirstOrDefaultAsync(x => x.BatchId == batchId && RunStates.Moving.Contains(x.State), cancellationToken);
    }

    // A lost race is no failure: somebody paused or cancelled in the last moment, and the loop looks again.
    private Task<Outcome<RunMoved>> FinishAsync(Run run, RunEnd end, BatchState to, CancellationToken cancellationToken)
    {
        var from = end.State == RunState.Cancelled ? (RunState.Stopping, BatchState.Stopping) : (RunState.Running, BatchState.Running);
        var move = new RunMove(Caller.Portal, $"Run{end.State}", [from.Item1], end.State, [from.Item2], to, "Rule.RunOver", end.Detail) { PauseCause = PauseCause.Window };
        return moves.MoveAsync(run.BatchId, move, cancellationToken, async (db, _) =>
        {
            // Cancelled before anything was written, the batch holds its rooms no longer.
            if (end.State == RunState.Cancelled)
                await BatchMoves.ReleaseRoomsUnlessAsync(db, run.BatchId, Written(db, run.BatchId), cancellationToken);
            if (to == BatchState.CutOver)
                await BatchMoves.ReleaseRoomsAsync(db, run.BatchId, cancellationToken);
            return null;
        });
    }

    // A cutover closes the batch when all of it is there, or what is missing was accepted: no other run would bring that.
    private async Task<BatchState> StateAfterAsync(Run run, RunEnd end, CancellationToken cancellationToken)
    {
        var state = Enum.Parse<BatchState>(end.State.ToString());
        if (run.Kind != RunKind.CutOver || end.State is not (RunState.Completed or RunState.CompletedWithFindings))
            return state;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var accepted = RoomSelection.Current(db).Where(x => x.Comparison == Comparison.Accepted).Select(x => x.RoomId);
        var isOpen = await db.Set<RoomTransfer>().AnyAsync(
            x => x.RunId == run.Id && (x.State == TransferState.Skipped || (x.State == TransferState.DoneWithFindings && !accepted.Contains(x.RoomId))), cancellationToken);
        return isOpen ? state : BatchState.CutOver;
    }

    private static IQueryable<long> Written(PortalDbContext db, long batchId) => db.Database.SqlQuery<long>($"""
        select batch_id as "Value" from portal.ledger_rows where batch_id = {batchId}
        union all select batch_id from portal.ledger_pages where batch_id = {batchId}
        """);
}
