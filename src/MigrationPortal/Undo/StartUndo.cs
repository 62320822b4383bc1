using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Jobs;
using MigrationPortal.PoolPairs;
using MigrationPortal.Reviews;
using MigrationPortal.Reviews.Judging;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Starting;
using MigrationPortal.SignIn;

namespace MigrationPortal.Undo;

/// <param name="Confirmations">As for a run; see <see cref="RunConfirmations"/>.</param>
internal sealed record StartUndo(long BatchId, params IReadOnlyList<string> Confirmations);

/// <summary>Begins to remove what was approved; if it is no longer that, nothing is removed and the answer says so.</summary>
internal sealed class StartUndoHandler(
    IDbContextFactory<PortalDbContext> databases,
    PoolPairCatalog catalog,
    PreviewUndoHandler previews,
    IEnumerable<IBatchHold> holds,
    StartGate gate,
    BatchTimeline timeline,
    BatchRefusals refusals,
    FreshRights rights,
    JobQueue jobs)
{
    private const string Doing = "undo-batch";

    public async Task<Outcome<UndoRequest>> HandleAsync(StartUndo request, Caller caller, CancellationToken cancellationToken)
    {
        var batchId = request.BatchId;
        var now = await rights.RequireAsync(caller, Role.Operator, Doing, cancellationToken);
        if (!now.IsDone)
            return now.Refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await BatchInReach.FindAsync(db, batchId, now.Value, [Role.Operator], Doing, cancellationToken);
        if (!found.IsDone)
            return found.Refusal;
        var batch = found.Value;
        var undo = await db.Set<UndoRequest>().AsNoTracking().FirstOrDefaultAsync(x => x.BatchId == batchId && x.State == UndoState.Approved, cancellationToken);
        if (undo is null)
            return await refusals.WrongStateAsync(db, batchId, "Rule.StartUndo", cancellationToken);
        // What cannot be reached any more is refused by the preview, by its name.
        if (catalog.Find(batch.PoolPairId) is { } pair && RunConfirmations.FindMissing(pair, request.Confirmations, "undo") is { } missing)
            return missing;
        if (await gate.AskAgainAsync(db, batchId, cancellationToken) is { } silent)
            return silent;
        var preview = await previews.HandleAsync(batchId, cancellationToken);
        if (!preview.IsDone)
            return preview.Refusal;
        if (preview.Value.Obstacles is [var first, ..])
            return new Refusal("room-used-since.not-undone", RefusalKind.Conflict, first.Wording);
        if (preview.Value.Fingerprint != undo.Fingerprint)
            return new Refusal("undo-changed.request", RefusalKind.Conflict, batch.Name);
        return await BeginAsync(db, batch, undo, request, now.Value, cancellationToken);
    }

    private async Task<Outcome<UndoRequest>> BeginAsync(PortalDbContext db, Batch batch, UndoRequest undo, StartUndo request, Caller caller, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var isTaken = await BatchMoves.TakeAsync(db, batch, BatchState.Undoing, cancellationToken);
        if (isTaken && await holds.FindAsync(db, batch, cancellationToken) is { } held)
            return held;
        if (isTaken && await gate.TakeAsync(db, batch, ReviewKind.Undo, undo.Fingerprint, caller, cancellationToken) is { } lacking)
        {
            await transaction.RollbackAsync(cancellationToken);
            await gate.SettleAsync(batch.Id, cancellationToken);
            return lacking;
        }

        List<string> confirmations = [.. request.Confirmations.Distinct(StringComparer.Ordinal)];
        var begun = !isTaken ? 0 : await db.Set<UndoRequest>().Where(x => x.Id == undo.Id && x.State == UndoState.Approved)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.State, UndoState.Running).SetProperty(x => x.Confirmations, confirmations), cancellationToken);
        if (begun == 0)
        {
            await transaction.RollbackAsync(cancellationToken);
            return await refusals.WrongStateAsync(db, batch.Id, "Rule.StartUndo", cancellationToken);
        }

        var values = new Dictionary<string, string?>(StringComparer.Ordinal) { ["fingerprint"] = undo.Fingerprint, ["confirmations"] = string.Join(", ", confirmations) };
        await timeline.RecordAsync(db, batch, new TimelineEntry(caller, "UndoStarted", batch.State, BatchState.Undoing, null, values), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await jobs.EnqueueAgainAsync<UndoBatchJob>(batch.Id.ToString(CultureInfo.InvariantCulture), cancellationToken);
        timeline.Announce(batch);
        undo.State = UndoState.Running;
        return undo;
    }
}
