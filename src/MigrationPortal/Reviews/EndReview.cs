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
        PortalDbContext db, Batch seen, Review review, string reason, Caller caller, Func<Task<Refusal>> lost, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var isTaken = review.Kind == ReviewKind.Plan
            ? await BatchMoves.SendBackAsync(db, seen.Id, cancellationToken)
            : await BatchMoves.HoldAsync(db, seen.Id, [seen.State], cancellationToken);
        if (!isTaken || await ReviewQueries.FindOpenAsync(db, seen.Id, cancellationToken) is not { } open || open.Id != review.Id)
            return await lost();
        var to = open.Kind == ReviewKind.Plan ? BatchState.Draft : seen.State;
        var decision = new Decision
        {
            ReviewId = open.Id,
            BatchId = seen.Id,
            By = caller.Name,
            PersonId = caller.PersonId,
            At = clock.GetUtcNow(),
            Verdict = Verdict.SendBack,
            Fingerprint = open.Fingerprint,
            Comment = reason,
        };
        var steps = await rounds.EndAsync(db, seen, open.Id, ReviewState.SentBack, new Loss(LossKind.SentBack, caller, Wording.OfText(reason)), to, cancellationToken);
        db.Add(decision);
        await db.SaveChangesAsync(cancellationToken);
        var values = new Dictionary<string, string?>(StringComparer.Ordinal) { ["fingerprint"] = open.Fingerprint, ["comment"] = reason };
        var step = new TimelineEntry(caller, ReviewEvents.SentBack(open.Kind), seen.State, to, Wording.OfText(reason), values);
        await timeline.RecordAsync(db, seen, [step, .. steps], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        timeline.Announce(seen);
        return decision;
    }
}
