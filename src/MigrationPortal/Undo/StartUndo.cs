using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Jobs;
using MigrationPortal.SignIn;

namespace MigrationPortal.Undo;

/// <summary>Begins to remove what was approved; if it is no longer that, nothing is removed and the answer says so.</summary>
internal sealed class StartUndoHandler(
    IDbContextFactory<PortalDbContext> databases, PreviewUndoHandler previews, BatchTimeline timeline, BatchRefusals refusals, FreshRights rights, JobQueue jobs)
{
    private const string Doing = "Undoing a batch";

    public async Task<Outcome<UndoRequest>> HandleAsync(long batchId, Caller caller, CancellationToken cancellationToken)
    {
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
            return await refusals.WrongStateAsync(db, batchId, "An undo starts once somebody else has approved it.", cancellationToken);
        var preview = await previews.HandleAsync(batchId, cancellationToken);
        if (!preview.IsDone)
            return preview.Refusal;
        if (preview.Value.Obstacles is [var first, ..])
            return new Refusal("room-used-since", $"{first.Message} Nothing of “{batch.Name}” is removed.", RefusalKind.Conflict);
        if (preview.Value.Fingerprint != undo.Fingerprint)
            return new Refusal("undo-changed", $"What the undo of “{batch.Name}” would remove is no longer what was approved; ask for it anew.", RefusalKind.Conflict);
        return await BeginAsync(db, batch, undo, now.Value, cancellationToken);
    }

    private async Task<Outcome<UndoRequest>> BeginAsync(PortalDbContext db, Batch batch, UndoRequest undo, Caller caller, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var taken = await db.Set<Batch>().Where(x => x.Id == batch.Id && x.State == batch.State)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.State, BatchState.Undoing), cancellationToken);
        var begun = taken == 0 ? 0 : await db.Set<UndoRequest>().Where(x => x.Id == undo.Id && x.State == UndoState.Approved)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.State, UndoState.Running), cancellationToken);
        if (begun == 0)
        {
            await transaction.RollbackAsync(cancellationToken);
            return await refusals.WrongStateAsync(db, batch.Id, "An undo starts once somebody else has approved it.", cancellationToken);
        }

        var values = new Dictionary<string, string?>(StringComparer.Ordinal) { ["fingerprint"] = undo.Fingerprint };
        await timeline.RecordAsync(db, batch, new TimelineEntry(caller, "UndoStarted", batch.State, BatchState.Undoing, null, values), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await jobs.EnqueueAgainAsync<UndoBatchJob>(batch.Id.ToString(CultureInfo.InvariantCulture), cancellationToken);
        timeline.Announce(batch);
        undo.State = UndoState.Running;
        return undo;
    }
}
