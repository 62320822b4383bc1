using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Rooms;

namespace MigrationPortal.Reviews;

/// <param name="Reason">Needed: the planner has to know what to change.</param>
internal sealed record SendBack(long BatchId, string? Reason);

internal sealed class SendBackHandler(IDbContextFactory<PortalDbContext> databases, BatchTimeline timeline, BatchRefusals refusals, TimeProvider clock, DecideRequest requests)
{
    private const string Rule = "Only a batch in review can be sent back.";

    public async Task<Outcome<Decision>> HandleAsync(SendBack request, Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.Require(caller, Role.Approver, "Sending a batch back") is { } refusal)
            return refusal;
        var reason = BatchText.Comment(request.Reason, "The reason for sending a batch back");
        if (!reason.IsDone)
            return reason.Refusal with { Code = "reason-required" };

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await DecideRequest.FindOpenAsync(db, request.BatchId, cancellationToken) is { } wish)
            return await requests.SendBackAsync(db, wish, reason.Value, caller, cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var isTaken = await BatchMoves.SendBackAsync(db, request.BatchId, cancellationToken);
        var review = !isTaken ? null : await db.Set<Review>().AsNoTracking()
            .FirstOrDefaultAsync(x => x.BatchId == request.BatchId && x.State == ReviewState.Open, cancellationToken);
        if (review is null)
            return await refusals.WrongStateAsync(db, request.BatchId, Rule, cancellationToken);

        var now = clock.GetUtcNow();
        await db.Set<Review>()
            .Where(x => x.Id == review.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.State, ReviewState.SentBack).SetProperty(x => x.ClosedAt, now), cancellationToken);
        var batch = await BatchReads.GetAsync(db, request.BatchId, cancellationToken);
        if (await BatchScope.RefuseAsync(db, caller, "Sending a batch back", Role.Approver, batch, cancellationToken) is { } outside)
            return outside;
        var decision = new Decision
        {
            ReviewId = review.Id,
            BatchId = batch.Id,
            By = caller.Name,
            At = now,
            Verdict = Verdict.SendBack,
            Fingerprint = review.Fingerprint,
            Comment = reason.Value,
        };
        db.Add(decision);
        await timeline.RecordAsync(db, batch, new TimelineEntry(caller, BatchEventKinds.SentBack, BatchState.InReview, BatchState.Draft, Wording.OfText(reason.Value)), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        timeline.Announce(batch);
        return decision;
    }
}
