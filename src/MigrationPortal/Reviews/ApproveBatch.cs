using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Rooms;
using MigrationPortal.SignIn;

namespace MigrationPortal.Reviews;

/// <param name="Fingerprint">Of the plan that the approver saw; an approval holds for that plan alone.</param>
internal sealed record ApproveBatch(long BatchId, string? Fingerprint, string? Comment = null);

internal sealed class ApproveBatchHandler(
    IDbContextFactory<PortalDbContext> databases, PlanBatchHandler plan, BatchTimeline timeline, BatchRefusals refusals, FreshRights rights, TimeProvider clock, DecideRequest requests)
{
    private const string Rule = "Only a batch in review can be approved.";

    public async Task<Outcome<Decision>> HandleAsync(ApproveBatch request, Caller caller, CancellationToken cancellationToken)
    {
        var fresh = await rights.RequireAsync(caller, Role.Approver, "Approving a plan", cancellationToken);
        if (!fresh.IsDone)
            return fresh.Refusal;
        caller = fresh.Value;
        if (string.IsNullOrWhiteSpace(request.Fingerprint))
            return new Refusal("fingerprint-required", "Say which plan you approve: send the fingerprint you saw.");
        var comment = string.IsNullOrWhiteSpace(request.Comment) ? null : request.Comment;
        if (comment is not null && BatchText.Comment(comment, "A comment") is { IsDone: false } wrong)
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
        if (await BatchScope.RefuseAsync(db, caller, "Approving a plan", Role.Approver, batch, cancellationToken) is { } outside)
            return outside;
        var review = await db.Set<Review>().AsNoTracking().FirstOrDefaultAsync(x => x.BatchId == batch.Id && x.State == ReviewState.Open, cancellationToken);
        if (batch.State != BatchState.InReview || review is null)
            return await refusals.WrongStateAsync(db, batch.Id, Rule, cancellationToken);
        if (await FourEyes.CheckAsync(db, batch, review, caller, cancellationToken) is { } own)
            return own;
        if (request.Fingerprint != batch.Fingerprint)
            return Changed(batch);
        return await CloseAsync(db, batch, review, comment, caller, cancellationToken);
    }

    private async Task<Outcome<Decision>> CloseAsync(
        PortalDbContext db, Batch batch, Review review, string? comment, Caller caller, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var isTaken = await BatchMoves.ApproveAsync(db, batch, review.Fingerprint, cancellationToken);
        var now = clock.GetUtcNow();
        var closed = !isTaken ? 0 : await db.Set<Review>()
            .Where(x => x.Id == review.Id && x.State == ReviewState.Open)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.State, ReviewState.Approved).SetProperty(x => x.ClosedAt, now), cancellationToken);
        if (closed == 0)
            return await LostAsync(db, batch, cancellationToken);

        var decision = new Decision
        {
            ReviewId = review.Id,
            BatchId = batch.Id,
            By = caller.Name,
            At = now,
            Verdict = Verdict.Approve,
            Fingerprint = review.Fingerprint,
            Comment = comment,
        };
        db.Add(decision);
        var values = new Dictionary<string, string?> { ["fingerprint"] = review.Fingerprint, ["comment"] = comment };
        await timeline.RecordAsync(db, batch, new TimelineEntry(caller, BatchEventKinds.Approved, BatchState.InReview, BatchState.Approved, Typed(comment), values), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        timeline.Announce(batch);
        return decision;
    }

    internal static Wording? Typed(string? comment) => comment is null ? null : Wording.OfText(comment);

    private async Task<Refusal> LostAsync(PortalDbContext db, Batch seen, CancellationToken cancellationToken)
    {
        var state = await BatchReads.All(db).Where(x => x.Id == seen.Id).Select(x => (BatchState?)x.State).FirstOrDefaultAsync(cancellationToken);
        return state == BatchState.InReview ? Changed(seen) : await refusals.WrongStateAsync(db, seen.Id, Rule, cancellationToken);
    }

    private static Refusal Changed(Batch batch) => new(
        "plan-changed", $"The plan of “{batch.Name}” is no longer the one you saw; read it again and decide anew.", RefusalKind.Conflict);
}
