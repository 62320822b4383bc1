using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Undo;
using MigrationPortal.Runs;

namespace MigrationPortal.Undo;

/// <summary>Ends an undo in one transaction: ledger, rooms, batch and timeline together.</summary>
internal sealed class FinishUndo(IDbContextFactory<PortalDbContext> databases, BatchTimeline timeline, TimeProvider clock)
{
    public async Task HandleAsync(UndoRequest undo, Batch batch, UndoLedger ledger, Outcome<UndoPreview> ended, CancellationToken cancellationToken)
    {
        var (state, to) = ended.IsDone ? (UndoState.Completed, BatchState.Undone) : (UndoState.Failed, BatchState.Failed);
        var (now, error) = (clock.GetUtcNow(), ended.Refusal?.Wording);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await BatchMoves.TakeAsync(db, batch, to, cancellationToken))
            return;
        await db.Set<UndoRequest>().Where(x => x.Id == undo.Id).ExecuteUpdateAsync(
            set => set.SetProperty(x => x.State, state).SetProperty(x => x.FinishedAt, now).SetProperty(x => x.Error, error).SetProperty(x => x.Note, (Wording?)null),
            cancellationToken);
        if (ended.IsDone)
        {
            await ledger.CloseAsync(db, ended.Value.Kept, cancellationToken);
            await BatchMoves.ReleaseRoomsAsync(db, batch.Id, cancellationToken);
            await TransferMoves.UndoAsync(db, batch.Id, cancellationToken);
        }

        var detail = ended.IsDone ? Detail(undo, ended.Value) : error;
        await timeline.RecordAsync(db, batch, new TimelineEntry(Caller.Portal, ended.IsDone ? "UndoCompleted" : "UndoFailed", BatchState.Undoing, to, detail), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        timeline.Announce(batch);
    }

    private static Wording Detail(UndoRequest undo, UndoPreview removed)
    {
        List<Wording> counts = [new("Count.Rooms", undo.RoomCount), new("Count.Messages", undo.MessageCount)];
        if (undo.FileCount > 0)
            counts.Add(new("Count.Files", undo.FileCount));
        if (removed.Kept.Count > 0)
            counts.Add(new("Count.KeptRows", removed.Kept.Count));
        return new("List.All", counts);
    }
}
