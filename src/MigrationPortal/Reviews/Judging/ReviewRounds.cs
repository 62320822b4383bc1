using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Reviews.Policy;

namespace MigrationPortal.Reviews.Judging;

/// <summary>Why and by whom approvals end.</summary>
/// <param name="Reason">What somebody typed, or what happened.</param>
internal sealed record Loss(LossKind How, Caller By, Wording? Reason);

/// <summary>
/// The changes of a review and its approvals, each within a transaction that holds the batch's row: approvals are counted one after the
/// other, and each that is lost is one event that says whose it was and who ended it.
/// </summary>
internal sealed class ReviewRounds(ReviewCases cases, SubmissionFacts facts, IEnumerable<IReviewKind> kinds, IAccountNames names, TimeProvider clock)
{
    /// <summary>Opens a round with the facts and the policy of this moment.</summary>
    public async Task<Review> OpenAsync(
        PortalDbContext db, Batch batch, ReviewKind kind, string fingerprint, Caller by, IReadOnlyDictionary<string, long>? counted, CancellationToken cancellationToken)
    {
        var review = await ProspectAsync(db, batch, kind, fingerprint, by.Name, counted, cancellationToken);
        db.Add(review);
        await db.SaveChangesAsync(cancellationToken);
        return review;
    }

    /// <summary>The round that would be opened now; nothing is kept.</summary>
    public async Task<Review> ProspectAsync(
        PortalDbContext db, Batch batch, ReviewKind kind, string fingerprint, string submitter, IReadOnlyDictionary<string, long>? counted, CancellationToken cancellationToken)
    {
        var amount = await facts.CountAsync(db, batch, kind, counted, cancellationToken);
        var current = await PolicyQueries.FindAsync(db, batch.PoolPairId, cancellationToken);
        var standing = Judge.Require(current.Policy, amount);
        return new Review
        {
            BatchId = batch.Id,
            Kind = kind,
            Fingerprint = fingerprint,
            SubmittedBy = submitter,
            SubmittedAt = clock.GetUtcNow(),
            State = ReviewState.Open,
            Round = await db.Set<Review>().Where(x => x.BatchId == batch.Id).MaxAsync(x => (long?)x.Round, cancellationToken) + 1 ?? 1,
            PolicyVersion = current.Version,
            Facts = new(amount.Values, StringComparer.Ordinal),
            OwnedCategories = [.. amount.Owned],
            Needed = standing.Needed,
            Needs = [.. standing.Needs],
        };
    }

    /// <summary>Ends the approvals of a review that still count.</summary>
    /// <param name="decisionId">Null ends all of them.</param>
    public async Task<IReadOnlyList<TimelineEntry>> LoseAsync(
        PortalDbContext db, Batch batch, long reviewId, long? decisionId, Loss loss, BatchState to, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var lost = await db.Set<Decision>().AsNoTracking()
            .Where(x => x.ReviewId == reviewId && x.Verdict == Verdict.Approve && x.LostAt == null && (decisionId == null || x.Id == decisionId))
            .OrderBy(x => x.Id).ToListAsync(cancellationToken);
        if (lost.Count == 0)
            return [];
        var ids = lost.ConvertAll(x => x.Id);
        await db.Set<Decision>().Where(x => ids.Contains(x.Id)).ExecuteUpdateAsync(
            set => set
                .SetProperty(x => x.LostAt, now)
                .SetProperty(x => x.LostBy, loss.By.Name)
                .SetProperty(x => x.LostHow, loss.How)
                .SetProperty(x => x.LostReason, loss.Reason),
            cancellationToken);
        List<TimelineEntry> told = [];
        foreach (var approval in lost)
            told.Add(Told(batch, approval, await names.FindAsync(approval.By, cancellationToken), loss, to));
        return told;
    }

    /// <summary>Ends the live round of a batch for good; its decisions never count again.</summary>
    public async Task<IReadOnlyList<TimelineEntry>> EndAsync(
        PortalDbContext db, Batch batch, long reviewId, ReviewState state, Loss loss, BatchState to, CancellationToken cancellationToken)
    {
        await CloseAsync(db, reviewId, state, cancellationToken);
        var kind = await db.Set<Review>().Where(x => x.Id == reviewId).Select(x => x.Kind).SingleAsync(cancellationToken);
        // What was asked for does not stay approved without its approvals.
        if (kind != ReviewKind.Plan)
            await kinds.Single(x => x.Kind == kind).DecideAsync(db, reviewId, isApproved: false, cancellationToken);
        return await LoseAsync(db, batch, reviewId, null, loss, to, cancellationToken);
    }

    /// <summary>Ends whatever round of the batch is live; its decisions never count again.</summary>
    /// <param name="kind">Of this kind alone; null ends all.</param>
    public async Task<IReadOnlyList<TimelineEntry>> EndLiveAsync(
        PortalDbContext db, Batch batch, Loss loss, BatchState to, CancellationToken cancellationToken, ReviewKind? kind = null)
    {
        List<TimelineEntry> lost = [];
        foreach (var former in await ReviewQueries.Live(db).Where(x => x.BatchId == batch.Id && (kind == null || x.Kind == kind)).Select(x => x.Id).ToListAsync(cancellationToken))
            lost.AddRange(await EndAsync(db, batch, former, ReviewState.Voided, loss, to, cancellationToken));
        return lost;
    }

    /// <summary>Takes the review and what is decided about to Approved, or back to Open.</summary>
    /// <returns>False when the review was decided about or ended since.</returns>
    public async Task<bool> MoveAsync(PortalDbContext db, Batch batch, Review review, bool isApproved, CancellationToken cancellationToken)
    {
        var (from, to) = isApproved ? (ReviewState.Open, ReviewState.Approved) : (ReviewState.Approved, ReviewState.Open);
        var closed = isApproved ? clock.GetUtcNow() : (DateTimeOffset?)null;
        var moved = await db.Set<Review>().Where(x => x.Id == review.Id && x.State == from)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.State, to).SetProperty(x => x.ClosedAt, closed), cancellationToken);
        if (moved == 0)
            return false;
        if (review.Kind != ReviewKind.Plan)
        {
            var kind = kinds.Single(x => x.Kind == review.Kind);
            if (isApproved)
                await kind.DecideAsync(db, review.Id, isApproved: true, cancellationToken);
            else
                await kind.ReopenAsync(db, review.Id, cancellationToken);
            return true;
        }

        return isApproved
            ? await BatchMoves.ApproveAsync(db, batch, review.Fingerprint, cancellationToken)
            : await BatchMoves.ReopenAsync(db, batch.Id, cancellationToken);
    }

    public Task<int> CloseAsync(PortalDbContext db, long reviewId, ReviewState state, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return db.Set<Review>().Where(x => x.Id == reviewId && (x.State == ReviewState.Open || x.State == ReviewState.Approved))
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.State, state).SetProperty(x => x.ClosedAt, now), cancellationToken);
    }

    /// <summary>The reviews of a batch that are open or approved, with everything that decides them: a plan's, or an undo's and a delta's.</summary>
    public async Task<IReadOnlyList<ReviewRead>> ListLiveAsync(PortalDbContext db, Batch batch, CancellationToken cancellationToken)
    {
        var live = await ReviewQueries.Live(db).Where(x => x.BatchId == batch.Id).OrderBy(x => x.Id).ToListAsync(cancellationToken);
        return await cases.ReadAsync(db, live.ConvertAll(x => (batch, x)), cancellationToken);
    }

    private static TimelineEntry Told(Batch batch, Decision approval, string whose, Loss loss, BatchState to) => new(
        loss.By, BatchEventKinds.ApprovalLost, batch.State, to, new($"Loss.{loss.How}", whose, loss.By.DisplayName),
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["whose"] = approval.By, ["given"] = approval.At.ToString("O", CultureInfo.InvariantCulture),
            ["how"] = loss.How.ToString(), ["cause"] = loss.Reason is { } reason ? WordedText.Store(reason) : null, ["fingerprint"] = approval.Fingerprint,
        });
}
