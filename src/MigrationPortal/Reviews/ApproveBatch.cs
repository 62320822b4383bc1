using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.SignIn;

namespace MigrationPortal.Reviews;

/// <param name="Fingerprint">Of the plan that the approver saw; an approval holds for that plan alone.</param>
/// <param name="Comment">Needed for an undo.</param>
/// <param name="HasReadList">The approver says to have read what an undo deletes.</param>
internal sealed record ApproveBatch(long BatchId, string? Fingerprint, string? Comment = null, bool HasReadList = false);

/// <summary>Adds the caller's approval; the batch is approved once its pool pair's policy is satisfied, and stays in review until then.</summary>
internal sealed class ApproveBatchHandler(
    IDbContextFactory<PortalDbContext> databases, PlanBatchHandler plan, BatchRefusals refusals, FreshRights rights, DecideRequest requests, GiveApproval approvals)
{
    private const string Rule = "Rule.Approve";

    public async Task<Outcome<Decision>> HandleAsync(ApproveBatch request, Caller caller, CancellationToken cancellationToken)
    {
        var fresh = await rights.RequireAsync(caller, Role.Approver, "approve-plan", cancellationToken);
        if (!fresh.IsDone)
            return fresh.Refusal;
        caller = fresh.Value;
        if (string.IsNullOrWhiteSpace(request.Fingerprint))
            return new Refusal("fingerprint-required");
        var comment = string.IsNullOrWhiteSpace(request.Comment) ? null : request.Comment;
        if (comment is not null && BatchText.Comment(comment, "Text.Comment") is { IsDone: false } wrong)
            return wrong.Refusal;

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await DecideRequest.FindOpenAsync(db, request.BatchId, cancellationToken) is { } wish)
            return await requests.ApproveAsync(db, wish, request with { Comment = comment }, caller, cancellationToken);
        // A scan may have finished since: the plan is compared as it is now, not as it was.
        var planned = await plan.HandleAsync(new PlanBatch(request.BatchId), cancellationToken);
        if (!planned.IsDone)
            return planned.Refusal;
        var batch = await BatchReads.FindAsync(db, request.BatchId, cancellationToken);
        if (batch is null)
            return BatchRefusals.NotFound(request.BatchId);
        var outside = await BatchScope.RefuseAsync(db, caller, "approve-plan", Role.Approver, batch, cancellationToken);
        var review = await ReviewQueries.FindOpenAsync(db, batch.Id, cancellationToken);
        if (outside is not null && !OwnPart.MayHave(review, caller, batch.PoolPairId))
            return outside;
        if (batch.State != BatchState.InReview || review is null)
            return await refusals.WrongStateAsync(db, batch.Id, Rule, cancellationToken);
        if (request.Fingerprint != batch.Fingerprint)
            return Changed(batch);
        return await approvals.HandleAsync(db, batch, review, comment, caller, outside, () => LostAsync(db, batch, cancellationToken), cancellationToken);
    }

    private async Task<Refusal> LostAsync(PortalDbContext db, Batch seen, CancellationToken cancellationToken)
    {
        var state = await BatchReads.All(db).Where(x => x.Id == seen.Id).Select(x => (BatchState?)x.State).FirstOrDefaultAsync(cancellationToken);
        return state == BatchState.InReview ? Changed(seen) : await refusals.WrongStateAsync(db, seen.Id, Rule, cancellationToken);
    }

    private static Refusal Changed(Batch batch) => new("plan-changed.plan", RefusalKind.Conflict, batch.Name);
}
