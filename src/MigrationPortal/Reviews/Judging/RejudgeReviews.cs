using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Reviews.BreakGlass;
using MigrationPortal.Reviews.Policy;

namespace MigrationPortal.Reviews.Judging;

/// <summary>
/// Brings a review to where its judge puts it now: approvals that expired or whose maker may no longer approve are lost, and a batch whose
/// approvals no longer suffice goes back to review in the same round. Never to Draft: nothing about the plan changed.
/// </summary>
internal sealed class RejudgeReviews(IDbContextFactory<PortalDbContext> databases, ReviewRounds rounds, BatchTimeline timeline, TimeProvider clock)
{
    /// <returns>Whether anything was changed.</returns>
    public async Task<bool> HandleAsync(long batchId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await BatchMoves.LockAsync(db, batchId, cancellationToken) is not { } batch)
            return false;
        var steps = await JudgeAsync(db, batch, Caller.Portal, cancellationToken);
        if (steps.Count == 0)
            return false;
        await timeline.RecordAsync(db, batch, steps, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        timeline.Announce(batch);
        return true;
    }

    /// <summary>Within a transaction that holds the batch's row.</summary>
    /// <returns>What the caller records, at the end of its transaction.</returns>
    public async Task<IReadOnlyList<TimelineEntry>> JudgeAsync(PortalDbContext db, Batch batch, Caller by, CancellationToken cancellationToken)
    {
        List<TimelineEntry> steps = [];
        foreach (var read in await rounds.ListLiveAsync(db, batch, cancellationToken))
            steps.AddRange(await JudgeAsync(db, read, by, cancellationToken));
        return steps;
    }

    /// <summary>Whether the judge would change anything about this review now.</summary>
    public static bool IsDue(ReviewRead read, DateTimeOffset now) =>
        read.Judge(now).IsSatisfied != (read.Review.State == ReviewState.Approved) || read.Case.Decisions.Any(x => Judge.FindLoss(read.Case, x, now) is not null);

    private async Task<IReadOnlyList<TimelineEntry>> JudgeAsync(PortalDbContext db, ReviewRead read, Caller by, CancellationToken cancellationToken)
    {
        var (batch, now) = (read.Batch, clock.GetUtcNow());
        var standing = read.Judge(now);
        var moves = standing.IsSatisfied != (read.Review.State == ReviewState.Approved);
        var to = !moves || read.Review.Kind != ReviewKind.Plan ? batch.State : standing.IsSatisfied ? BatchState.Approved : BatchState.InReview;
        List<TimelineEntry> steps = [];
        foreach (var (decision, told) in read.Decisions.Zip(read.Case.Decisions))
        {
            if (Judge.FindLoss(read.Case, told, now) is { } how)
                steps.AddRange(await rounds.LoseAsync(db, batch, read.Review.Id, decision.Id, new Loss(how, by, null), to, cancellationToken));
        }

        if (!moves || !await rounds.MoveAsync(db, batch, read.Review, standing.IsSatisfied, cancellationToken))
            return steps;
        // What an emergency start makes possible is no completed approval: who worked on it before is excluded as before.
        var kind = standing.IsEmergency ? BreakGlassEvents.Applied : standing.IsSatisfied ? ReviewEvents.Approved(read.Review.Kind) : BatchEventKinds.ReviewReopened;
        steps.Add(new TimelineEntry(by, kind, batch.State, to, new("Detail.Approvals", standing.Have, standing.Needed), ReviewEvents.Values(read.Review, standing, null)));
        return steps;
    }
}
