using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Data;
using MigrationPortal.Engine.Preflight;

namespace MigrationPortal.Reviews;

/// <summary>Reviews follow their batch: voided by an edit, though decisions stay readable; deleted with a draft.</summary>
internal sealed class ReviewsOfBatch : IBatchDependent
{
    public Task VoidAsync(PortalDbContext db, long batchId, DateTimeOffset at, CancellationToken cancellationToken) =>
        db.Set<Review>()
            .Where(x => x.BatchId == batchId && (x.State == ReviewState.Open || x.State == ReviewState.Approved))
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.State, ReviewState.Voided).SetProperty(x => x.ClosedAt, at), cancellationToken);

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
            .Where(x => ids.Contains(x.BatchId) && x.Verdict == Verdict.Approve && fingerprints.Contains(x.Fingerprint))
            .OrderBy(x => x.Id)
            .Select(x => new { x.BatchId, x.Fingerprint, x.By })
            .ToListAsync(cancellationToken);
        var decisions = found.ToLookup(x => (x.BatchId, x.Fingerprint), x => x.By);
        foreach (var row in approved)
            row.ApprovedBy = decisions[(row.Id, row.ApprovedFingerprint!)].LastOrDefault();
    }
}
