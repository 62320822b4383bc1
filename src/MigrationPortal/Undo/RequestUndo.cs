using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Engine.Undo;
using MigrationPortal.Reviews;
using MigrationPortal.Reviews.Judging;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.SignIn;

namespace MigrationPortal.Undo;

/// <param name="Reason">For whoever approves, and for the audit.</param>
internal sealed record RequestUndo(long BatchId, string? Reason);

/// <summary>Opens the review of an undo. Somebody else says yes before anything is removed; the batch keeps its state until then.</summary>
internal sealed class AskUndoHandler(
    IDbContextFactory<PortalDbContext> databases, PreviewUndoHandler previews, BatchTimeline timeline, BatchRefusals refusals, FreshRights rights, ReviewRounds rounds, TimeProvider clock)
{
    private const string Doing = "undo-batch";

    public async Task<Outcome<UndoRequest>> HandleAsync(RequestUndo request, Caller caller, CancellationToken cancellationToken)
    {
        var now = await rights.RequireAsync(caller, Role.Operator, Doing, cancellationToken);
        if (!now.IsDone)
            return now.Refusal;
        var reason = BatchText.Reason(request.Reason, "Text.UndoReason");
        if (!reason.IsDone)
            return reason.Refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await BatchInReach.FindAsync(db, request.BatchId, now.Value, [Role.Operator], Doing, cancellationToken);
        if (!found.IsDone)
            return found.Refusal;
        var batch = found.Value;
        var preview = await previews.HandleAsync(batch.Id, cancellationToken);
        if (!preview.IsDone)
            return preview.Refusal;
        return Refuse(batch, preview.Value) is { } refusal ? refusal : await OpenAsync(db, batch, preview.Value, reason.Value, now.Value, cancellationToken);
    }

    private static Refusal? Refuse(Batch batch, UndoPreview preview)
    {
        if (preview.Obstacles.Count > 0)
        {
            return preview.Obstacles is [var only]
                ? new("room-used-since.undo", RefusalKind.Conflict, batch.Name, only.Wording)
                : new("room-used-since.undo-more", RefusalKind.Conflict, preview.Obstacles.Count - 1, batch.Name, preview.Obstacles[0].Wording);
        }

        // A run that ended before it wrote anything holds its rooms until it is undone.
        return batch.State is not (BatchState.Failed or BatchState.Cancelled) && preview.Rooms.Count + preview.Tables.Sum(x => x.Rows) + preview.Files.Going.Count == 0
            ? new("nothing-to-undo", RefusalKind.Conflict, batch.Name)
            : null;
    }

    private async Task<Outcome<UndoRequest>> OpenAsync(
        PortalDbContext db, Batch batch, UndoPreview preview, string reason, Caller caller, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Locked, so that no resume starts between the look and the request.
        if (!await BatchMoves.HoldAsync(db, batch.Id, [batch.State], cancellationToken))
            return await refusals.WrongStateAsync(db, batch.Id, PreviewUndoHandler.RuleOf, cancellationToken);
        if (await ReviewQueries.FindOpenAsync(db, batch.Id, cancellationToken) is not null)
            return new Refusal("in-review", RefusalKind.Conflict, batch.Name);

        var list = await UndoLists.MakeAsync(db, batch.Id, preview, cancellationToken);
        // What was approved before and never began is replaced.
        var lost = await rounds.EndLiveAsync(db, batch, new Loss(LossKind.Replaced, caller, null), batch.State, cancellationToken);
        // Earlier versions left requests approved whose review had ended.
        await db.Set<UndoRequest>().Where(x => x.BatchId == batch.Id && x.State == UndoState.Approved)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.State, UndoState.SentBack), cancellationToken);
        var counted = new Dictionary<string, long>(StringComparer.Ordinal)
        {
            [ReviewFacts.Rooms] = preview.Rooms.Count, [ReviewFacts.Messages] = preview.Rooms.Sum(x => x.Messages),
            // Whom the plan gave rights, this takes them.
            [ReviewFacts.Gaining] = 0, [ReviewFacts.RootManagers] = 0, [ReviewFacts.Federated] = 0,
        };
        var review = await rounds.OpenAsync(db, batch, ReviewKind.Undo, preview.Fingerprint, caller, counted, cancellationToken);
        var undo = new UndoRequest
        {
            BatchId = batch.Id,
            ReviewId = review.Id,
            Fingerprint = preview.Fingerprint,
            State = UndoState.InReview,
            Reason = reason,
            RequestedBy = caller.Name,
            RequestedAt = clock.GetUtcNow(),
            ReadAt = clock.GetUtcNow(),
            Sums = [.. list.Sums],
            RoomCount = preview.Rooms.Count,
            MessageCount = preview.Rooms.Sum(x => x.Messages),
            FileCount = preview.Files.FileCount,
        };
        db.Add(undo);
        await db.SaveChangesAsync(cancellationToken);
        await UndoLists.StoreAsync(db, undo.Id, list, cancellationToken);
        var values = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["reason"] = reason,
            ["fingerprint"] = preview.Fingerprint,
            ["rooms"] = undo.RoomCount.ToString(CultureInfo.InvariantCulture),
            ["messages"] = undo.MessageCount.ToString(CultureInfo.InvariantCulture),
            ["files"] = undo.FileCount.ToString(CultureInfo.InvariantCulture),
        };
        await timeline.RecordAsync(db, batch, [.. lost, new TimelineEntry(caller, "UndoRequested", batch.State, batch.State, Wording.OfText(reason), values)], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        timeline.Announce(batch);
        return undo;
    }
}
