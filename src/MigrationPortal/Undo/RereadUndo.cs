using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Engine.Undo;
using MigrationPortal.Reviews;
using MigrationPortal.Reviews.Judging;
using MigrationPortal.Reviews.Policy;

namespace MigrationPortal.Undo;

internal sealed record RereadUndo(long BatchId);

/// <summary>
/// Reads the new pool again for an undo that was requested: its list is either still what would happen, or the request has ended, and only
/// another one helps.
/// </summary>
internal sealed class RereadUndoHandler(
    IDbContextFactory<PortalDbContext> databases, PreviewUndoHandler previews, ReviewRounds rounds, BatchTimeline timeline, BatchRefusals refusals, TimeProvider clock)
{
    private const string Doing = "reread-undo";
    private const string Rule = "Rule.RereadUndo";

    public async Task<Outcome<UndoRequest>> HandleAsync(RereadUndo request, Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.RequireAny(caller, Doing, Role.Approver, Role.Operator) is { } refusal)
            return refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await BatchInReach.FindAsync(db, request.BatchId, caller, [Role.Approver, Role.Operator], Doing, cancellationToken);
        if (!found.IsDone)
            return found.Refusal;
        if (await FindAsync(db, request.BatchId, cancellationToken) is not { } undo)
            return await refusals.WrongStateAsync(db, request.BatchId, Rule, cancellationToken);
        var preview = await previews.HandleAsync(request.BatchId, cancellationToken);
        if (!preview.IsDone)
            return preview.Refusal;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await BatchMoves.HoldAsync(db, request.BatchId, [found.Value.State], cancellationToken) || await FindAsync(db, request.BatchId, cancellationToken) is not { } now || now.Id != undo.Id)
            return await refusals.WrongStateAsync(db, request.BatchId, Rule, cancellationToken);
        var changed = RefusalOf(found.Value, undo, preview.Value);
        if (changed is null)
            await KeepAsync(db, found.Value, undo, preview.Value, caller, cancellationToken);
        else
            await EndAsync(db, found.Value, undo, changed, caller, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        timeline.Announce(found.Value);
        return changed is null ? undo : changed;
    }

    private static Task<UndoRequest?> FindAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken) => db.Set<UndoRequest>().AsNoTracking()
        .FirstOrDefaultAsync(x => x.BatchId == batchId && (x.State == UndoState.InReview || x.State == UndoState.Approved), cancellationToken);

    private static Refusal? RefusalOf(Batch batch, UndoRequest undo, UndoPreview preview) => preview switch
    {
        { Obstacles: [var first, ..] } => new("undo-changed.used", RefusalKind.Conflict, batch.Name, first.Wording),
        _ when preview.Fingerprint != undo.Fingerprint => new("undo-changed.request", RefusalKind.Conflict, batch.Name),
        _ => null,
    };

    private async Task KeepAsync(PortalDbContext db, Batch batch, UndoRequest undo, UndoPreview preview, Caller caller, CancellationToken cancellationToken)
    {
        undo.ReadAt = clock.GetUtcNow();
        await db.Set<UndoRequest>().Where(x => x.Id == undo.Id).ExecuteUpdateAsync(set => set.SetProperty(x => x.ReadAt, undo.ReadAt), cancellationToken);
        if (undo.Sums.Count == 0)
        {
            var list = await UndoLists.MakeAsync(db, batch.Id, preview, cancellationToken);
            List<UndoSum> sums = [.. list.Sums];
            await db.Set<UndoRequest>().Where(x => x.Id == undo.Id).ExecuteUpdateAsync(set => set.SetProperty(x => x.Sums, sums), cancellationToken);
            await UndoLists.StoreAsync(db, undo.Id, list, cancellationToken);
        }

        await timeline.RecordAsync(db, batch, new TimelineEntry(caller, "UndoReread", batch.State, batch.State, null, Values(undo)), cancellationToken);
    }

    private async Task EndAsync(PortalDbContext db, Batch batch, UndoRequest undo, Refusal why, Caller caller, CancellationToken cancellationToken)
    {
        var lost = await rounds.EndAsync(db, batch, undo.ReviewId, ReviewState.Voided, new Loss(LossKind.ListChanged, Caller.Portal, why.Wording), batch.State, cancellationToken);
        await db.Set<UndoRequest>().Where(x => x.Id == undo.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.State, UndoState.Changed).SetProperty(x => x.Error, why.Wording), cancellationToken);
        await timeline.RecordAsync(db, batch, [.. lost, new TimelineEntry(caller, "UndoChanged", batch.State, batch.State, why.Wording, Values(undo))], cancellationToken);
    }

    private static Dictionary<string, string?> Values(UndoRequest undo) => new(StringComparer.Ordinal) { ["fingerprint"] = undo.Fingerprint };
}
