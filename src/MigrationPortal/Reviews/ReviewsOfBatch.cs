using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Reviews.BreakGlass;
using MigrationPortal.Reviews.Judging;
using MigrationPortal.Reviews.Policy;

namespace MigrationPortal.Reviews;

/// <summary>Reviews follow their batch: voided by an edit, though decisions stay readable; deleted with a draft.</summary>
internal sealed class ReviewsOfBatch(ReviewRounds rounds) : IBatchDependent
{
    public Task<IReadOnlyList<TimelineEntry>> VoidAsync(PortalDbContext db, Batch batch, Caller by, Wording because, CancellationToken cancellationToken) =>
        rounds.EndLiveAsync(db, batch, new Loss(by == Caller.Portal || because == BatchEventKinds.ByPairOptions ? LossKind.PlanChanged : LossKind.Edited, by, because), BatchState.Draft, cancellationToken);

    public async Task DeleteAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken)
    {
        await db.Set<Decision>().Where(x => x.BatchId == batchId).ExecuteDeleteAsync(cancellationToken);
        await db.Set<Review>().Where(x => x.BatchId == batchId).ExecuteDeleteAsync(cancellationToken);
    }
}

/// <summary>Who approved the plan as it is now.</summary>
internal sealed class ApproversOfBatches : IBatchFigures
{
    public async Task AddAsync(PortalDbContext db, IReadOnlyList<BatchRow> rows, CancellationToken cancellationToken)
    {
        var approved = rows.Where(x => x.State is not (BatchState.Draft or BatchState.InReview) && x.ApprovedFingerprint is not null).ToList();
        var ids = approved.ConvertAll(x => x.Id);
        var fingerprints = approved.ConvertAll(x => x.ApprovedFingerprint);
        var found = await db.Set<Decision>()
            .Where(x => ids.Contains(x.BatchId) && x.Verdict == Verdict.Approve && x.Part == null && x.LostAt == null && fingerprints.Contains(x.Fingerprint))
            .OrderBy(x => x.Id)
            .Select(x => new { x.BatchId, x.Fingerprint, x.By })
            .ToListAsync(cancellationToken);
        var decisions = found.ToLookup(x => (x.BatchId, x.Fingerprint), x => x.By);
        foreach (var row in approved)
            row.ApprovedBy = decisions[(row.Id, row.ApprovedFingerprint!)].LastOrDefault();
    }
}

/// <summary>How far the reviews of a list of batches are.</summary>
internal sealed class StandingOfBatches(ReviewCases cases, TimeProvider clock) : IBatchFigures
{
    public bool AreProgress => true;

    public async Task AddAsync(PortalDbContext db, IReadOnlyList<BatchRow> rows, CancellationToken cancellationToken)
    {
        var byId = rows.ToDictionary(x => x.Id);
        var ids = byId.Keys.ToArray();
        var live = await (
            from review in ReviewQueries.Live(db)
            join batch in BatchReads.All(db) on review.BatchId equals batch.Id
            where ids.Contains(batch.Id)
            orderby review.Id
            select new { batch, review }).ToListAsync(cancellationToken);
        var now = clock.GetUtcNow();
        foreach (var read in await cases.ReadAsync(db, live.ConvertAll(x => (x.batch, x.review)), cancellationToken))
        {
            var standing = read.Judge(now);
            byId[read.Batch.Id].Standing = new(standing.Needed, standing.Have, [.. standing.Missing.Select(x => new MissingApproval(x.Code, x.Values))]);
        }
    }
}

internal sealed class RoundsOfBatches : IReviewRounds
{
    public async Task<SeenRound> FindAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken) => new(
        await ReviewQueries.Live(db).Where(x => x.BatchId == batchId).Select(x => x.Round).OrderByDescending(x => x).FirstOrDefaultAsync(cancellationToken),
        await db.Set<Decision>().Where(x => x.BatchId == batchId).MaxAsync(x => (long?)x.Id, cancellationToken) ?? 0,
        await BreakGlassReads.FindLastAsync(db, batchId, cancellationToken));
}
