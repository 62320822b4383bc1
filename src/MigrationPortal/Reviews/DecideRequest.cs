using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Rooms;

namespace MigrationPortal.Reviews;

/// <summary>The decision about an undo or a delta: four eyes and the fingerprint as for a plan, but the batch keeps its state.</summary>
internal sealed class DecideRequest(IEnumerable<IReviewKind> kinds, BatchTimeline timeline, BatchRefusals refusals, TimeProvider clock)
{
    public static Task<Review?> FindOpenAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken) =>
        db.Set<Review>().AsNoTracking().FirstOrDefaultAsync(x => x.BatchId == batchId && x.State == ReviewState.Open && x.Kind != ReviewKind.Plan, cancellationToken);

    public async Task<Outcome<Decision>> ApproveAsync(PortalDbContext db, Review review, ApproveBatch request, Caller caller, CancellationToken cancellationToken)
    {
        var batch = await BatchReads.GetAsync(db, review.BatchId, cancellationToken);
        if (await BatchScope.RefuseAsync(db, caller, $"Approving {Of(review).WithArticle}", Role.Approver, batch, cancellationToken) is { } outside)
            return outside;
        if (await FourEyes.CheckAsync(db, batch, review, caller, cancellationToken) is { } own)
            return own;
        if (request.Fingerprint != review.Fingerprint)
            return new Refusal("plan-changed", $"The {Of(review).Word} of “{batch.Name}” is no longer the one you saw; read it again and decide anew.", RefusalKind.Conflict);
        return await CloseAsync(db, batch, review, Verdict.Approve, request.Comment, caller, cancellationToken);
    }

    public async Task<Outcome<Decision>> SendBackAsync(PortalDbContext db, Review review, string reason, Caller caller, CancellationToken cancellationToken)
    {
        var batch = await BatchReads.GetAsync(db, review.BatchId, cancellationToken);
        if (await BatchScope.RefuseAsync(db, caller, $"Declining {Of(review).WithArticle}", Role.Approver, batch, cancellationToken) is { } outside)
            return outside;
        return await CloseAsync(db, batch, review, Verdict.SendBack, reason, caller, cancellationToken);
    }

    private async Task<Outcome<Decision>> CloseAsync(
        PortalDbContext db, Batch batch, Review review, Verdict verdict, string? comment, Caller caller, CancellationToken cancellationToken)
    {
        var isYes = verdict == Verdict.Approve;
        var closed = isYes ? ReviewState.Approved : ReviewState.SentBack;
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var taken = await db.Set<Review>().Where(x => x.Id == review.Id && x.State == ReviewState.Open)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.State, closed).SetProperty(x => x.ClosedAt, now), cancellationToken);
        if (taken == 0)
            return await refusals.WrongStateAsync(db, batch.Id, $"Somebody decided about its {Of(review).Word} before you.", cancellationToken);
        await Of(review).DecideAsync(db, review.Id, isYes, cancellationToken);
        var decision = new Decision
        {
            ReviewId = review.Id, BatchId = batch.Id, By = caller.Name, At = now, Verdict = verdict, Fingerprint = review.Fingerprint, Comment = comment,
        };
        db.Add(decision);
        var values = new Dictionary<string, string?>(StringComparer.Ordinal) { ["fingerprint"] = review.Fingerprint, ["comment"] = comment };
        await timeline.RecordAsync(db, batch, new TimelineEntry(caller, $"{review.Kind}{(isYes ? "Approved" : "SentBack")}", batch.State, batch.State, ApproveBatchHandler.Typed(comment), values), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        timeline.Announce(batch);
        return decision;
    }

    private IReviewKind Of(Review review) => kinds.Single(x => x.Kind == review.Kind);
}
