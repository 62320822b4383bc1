using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Reviews.Judging;
using MigrationPortal.Reviews.Policy;

namespace MigrationPortal.Reviews;

/// <summary>
/// Keeps one approval and counts it with the others, whatever is decided about. The batch's row is taken first, so that approvals at the same
/// moment are counted one after the other; the one that satisfies the policy approves.
/// </summary>
internal sealed class GiveApproval(ReviewCases cases, ReviewRounds rounds, BatchTimeline timeline, TimeProvider clock)
{
    /// <param name="seen">As it was read; another version, state or plan is a lost race.</param>
    /// <param name="outside">Why the caller's role does not reach every room; who owns a category that is needed approves that part. Null for the whole.</param>
    /// <param name="lost">What is answered then.</param>
    public async Task<Outcome<Decision>> HandleAsync(
        PortalDbContext db, Batch seen, Review review, string? comment, Caller caller, Refusal? outside, Func<Task<Refusal>> lost, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var isHeld = review.Kind == ReviewKind.Plan
            ? await BatchMoves.HoldPlanAsync(db, seen, review.Fingerprint, cancellationToken)
            : await BatchMoves.HoldAsync(db, seen.Id, [seen.State], cancellationToken);
        var open = !isHeld ? null : await db.Set<Review>().AsNoTracking().FirstOrDefaultAsync(x => x.Id == review.Id && x.State == ReviewState.Open, cancellationToken);
        if (open is null)
            return await lost();
        var read = await cases.ReadAsync(db, seen, open, cancellationToken, also: caller);
        if (FourEyes.Refuse(seen, caller, read.Exclusions) is { } own)
            return own;
        var person = read.Case.People.GetValueOrDefault(caller.Name);
        List<string>? part = outside is null ? null : [.. OwnPart.Of(person, open.Needs, caller, seen.PoolPairId)];
        if (part is { Count: 0 })
            return outside!;
        if (part is null && person is not { MayApprove: true })
            return new Refusal("not-allowed.reach", RefusalKind.NotAllowed, caller.DisplayName, seen.Name);
        var now = clock.GetUtcNow();
        var before = read.Judge(now);
        if (before.Counted.Any(x => x.Person == caller.Name))
            return new Refusal("already-approved", RefusalKind.Conflict, seen.Name);
        if (before.Parts.Any(x => x.Person == caller.Name))
            return new Refusal("already-approved.part", RefusalKind.Conflict, seen.Name);

        var steps = await LoseEarlierAsync(db, read, caller, now, cancellationToken);
        var decision = new Decision
        {
            ReviewId = open.Id,
            BatchId = seen.Id,
            By = caller.Name,
            PersonId = caller.PersonId,
            At = now,
            Verdict = Verdict.Approve,
            Fingerprint = open.Fingerprint,
            Comment = comment,
            Part = part,
            ExpiresAt = now + read.Case.Policy.Lifetime,
        };
        db.Add(decision);
        await db.SaveChangesAsync(cancellationToken);
        var told = new ReviewDecision(decision.By, decision.At, decision.Verdict, decision.Fingerprint, open.Round, Part: part);
        var standing = Judge.Rule(read.Case with { Decisions = [.. read.Case.Decisions, told] }, now);
        if (standing.IsSatisfied && !await rounds.MoveAsync(db, seen, open, isApproved: true, cancellationToken))
            return await lost();
        var to = standing.IsSatisfied && open.Kind == ReviewKind.Plan ? BatchState.Approved : seen.State;
        var kind = standing.IsSatisfied ? ReviewEvents.Approved(open.Kind) : part is null ? BatchEventKinds.ApprovalGiven : BatchEventKinds.PartApproved;
        var step = new TimelineEntry(caller, kind, seen.State, to, Detail(comment, part), ReviewEvents.Values(open, standing, comment, part));
        await timeline.RecordAsync(db, seen, [.. steps, step], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        timeline.Announce(seen);
        return decision;
    }

    private static Wording? Detail(string? comment, List<string>? part) =>
        comment is not null ? Wording.OfText(comment) : part is null ? null : Wording.OfText(string.Join(", ", part.Select(CategoryPaths.Display)));

    // Whoever approves again after an approval expired has one that counts, not two.
    private async Task<IReadOnlyList<TimelineEntry>> LoseEarlierAsync(PortalDbContext db, ReviewRead read, Caller caller, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<TimelineEntry> steps = [];
        foreach (var (earlier, told) in read.Decisions.Zip(read.Case.Decisions))
        {
            if (earlier.By == caller.Name && Judge.FindLoss(read.Case, told, now) is { } how)
                steps.AddRange(await rounds.LoseAsync(db, read.Batch, read.Review.Id, earlier.Id, new Loss(how, Caller.Portal, null), read.Batch.State, cancellationToken));
        }

        return steps;
    }
}
