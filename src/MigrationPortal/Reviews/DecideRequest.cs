using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;

namespace MigrationPortal.Reviews;

/// <summary>The decision about an undo or a delta: policy and fingerprint as for a plan, but the batch keeps its state.</summary>
internal sealed class DecideRequest(IDbContextFactory<PortalDbContext> databases, IEnumerable<IReviewKind> kinds, BatchRefusals refusals, GiveApproval approvals, EndReview ends)
{
    public static Task<Review?> FindOpenAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken) =>
        db.Set<Review>().AsNoTracking().FirstOrDefaultAsync(x => x.BatchId == batchId && x.State == ReviewState.Open && x.Kind != ReviewKind.Plan, cancellationToken);

    public async Task<Outcome<Decision>> ApproveAsync(PortalDbContext db, Review review, ApproveBatch request, Caller caller, CancellationToken cancellationToken)
    {
        var batch = await BatchReads.GetAsync(db, review.BatchId, cancellationToken);
        var outside = await BatchScope.RefuseAsync(db, caller, review.Kind == ReviewKind.Undo ? "approve-undo" : "approve-delta", Role.Approver, batch, cancellationToken);
        if (outside is not null && !OwnPart.MayHave(review, caller, batch.PoolPairId))
            return outside;
        if (request.Fingerprint != review.Fingerprint)
            return new Refusal(review.Kind == ReviewKind.Undo ? "plan-changed.undo" : "plan-changed.delta", RefusalKind.Conflict, batch.Name);
        var kind = Of(review);
        if (kind.NeedsReading && !request.HasReadList)
            return new Refusal("list-not-read", RefusalKind.Invalid, batch.Name);
        if (kind.NeedsReading && request.Comment is null)
            return new Refusal("reason-required.approval", RefusalKind.Invalid);
        if (await kind.CheckAsync(db, review, cancellationToken) is { } hindered)
            return hindered;
        return await approvals.HandleAsync(db, batch, review, request.Comment, caller, outside, () => LostAsync(db, batch, review, cancellationToken), cancellationToken);
    }

    public async Task<Outcome<Decision>> SendBackAsync(PortalDbContext db, Review review, string reason, Caller caller, CancellationToken cancellationToken)
    {
        var batch = await BatchReads.GetAsync(db, review.BatchId, cancellationToken);
        if (await BatchScope.RefuseAsync(db, caller, review.Kind == ReviewKind.Undo ? "reject-undo" : "reject-delta", Role.Approver, batch, cancellationToken) is { } outside)
            return outside;
        return await ends.SendBackAsync(db, review, reason, caller, () => LostAsync(db, batch, review, cancellationToken), cancellationToken);
    }

    private Task<Refusal> LostAsync(PortalDbContext db, Batch batch, Review review, CancellationToken cancellationToken) =>
        refusals.WrongStateAsync(db, batch.Id, review.Kind == ReviewKind.Undo ? "Rule.UndoDecided" : "Rule.DeltaDecided", cancellationToken);

    /// <summary>Why nobody can approve the open review now; null when somebody can.</summary>
    public async Task<Refusal?> CheckAsync(long batchId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await FindOpenAsync(db, batchId, cancellationToken) is { } review ? await Of(review).CheckAsync(db, review, cancellationToken) : null;
    }

    private IReviewKind Of(Review review) => kinds.Single(x => x.Kind == review.Kind);
}
