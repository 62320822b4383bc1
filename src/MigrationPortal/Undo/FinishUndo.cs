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
        var (now, error) = (clock.GetUtcNow(), ended.Refusal?.Message);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await BatchMoves.TakeAsync(db, batch, to, cancellationToken))
            return;
        await db.Set<UndoRequest>().Where(x => x.Id == undo.Id).ExecuteUpdateAsync(
            set => set.SetProperty(x => x.State, state).SetProperty(x => x.FinishedAt, now).SetProperty(x => x.Error, error).SetProperty(x => x.Note, (string?)null),
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

    private static string Detail(UndoRequest undo, UndoPreview removed) =>
        $"{undo.RoomCount} rooms with {undo.MessageCount} messages" + (undo.FileCount == 0 ? "" : $" and {undo.FileCount} files") + (removed.Kept.Count == 0 ? "" : $"; {removed.Kept.Count} shared rows stay for those that need them");
}
