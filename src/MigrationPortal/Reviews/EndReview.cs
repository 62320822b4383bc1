using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Reviews.Judging;
using MigrationPortal.Reviews.Policy;

namespace MigrationPortal.Reviews;

/// <summary>Ends a round by a person: sent back by an approver, or recalled by whoever wrote it. Its approvals never count again.</summary>
internal sealed class EndReview(ReviewRounds rounds, BatchTimeline timeline, TimeProvider clock)
{
    public async Task<Outcome<Decision>> SendBackAsync(
        PortalDbContext db, Review review, string reason, Caller caller, Func<Task<Refusal>> lost, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // As it is now: approved or scheduled since, it is the same round, which ends all the same.
        if (await BatchMoves.LockAsync(db, review.BatchId, cancellationToken) is not { } batch
            || !await ReviewQueries.Live(db).AnyAsync(x => x.Id == review.Id, cancellationToken)
            || (review.Kind == ReviewKind.Plan && !await BatchMoves.SendBackAsync(db, batch.Id, cancellationToken)))
            return await lost();
        var to = review.Kind == ReviewKind.Plan ? BatchState.Draft : batch.State;
        var decision = new Decision
        {
            ReviewId = review.Id,
            BatchId = batch.Id,
            By = caller.Name,
            PersonId = caller.PersonId,
            At = clock.GetUtcNow(),
            Verdict = Verdict.SendBack,
            Fingerprint = review.Fingerprint,
            Comment = reason,
        };
        var steps = await rounds.EndAsync(db, batch, review.Id, ReviewState.SentBack, new Loss(LossKind.SentBack, caller, Wording.OfText(reason)), to, cancellationToken);
        db.Add(decision);
        await db.SaveChangesAsync(cancellationToken);
        var values = new Dictionary<string, string?>(StringComparer.Ordinal) { ["fingerprint"] = review.Fingerprint, ["comment"] = reason };
        var step = new TimelineEntry(caller, ReviewEvents.SentBack(review.Kind), batch.State, to, Wording.OfText(reason), values);
        await timeline.RecordAsync(db, batch, [step, .. steps], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        timeline.Announce(batch);
        return decision;
    }
}
