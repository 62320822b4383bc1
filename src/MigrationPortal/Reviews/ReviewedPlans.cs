using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Data;
using MigrationPortal.Engine.Preflight;

namespace MigrationPortal.Reviews;

internal sealed class ReviewedPlans : IReviewedPlans
{
    public async Task<ReviewedPlan?> FindLastAsync(PortalDbContext db, long batchId, string? approvedFingerprint, CancellationToken cancellationToken)
    {
        var review = await db.Set<Review>().AsNoTracking()
            .Where(x => x.BatchId == batchId && x.State != ReviewState.Open)
            .OrderByDescending(x => x.Fingerprint == approvedFingerprint)
            .ThenByDescending(x => x.Id)
            .FirstOrDefaultAsync(cancellationToken);
        if (review is null)
            return null;
        var approval = await db.Set<Decision>().AsNoTracking()
            .Where(x => x.ReviewId == review.Id && x.Verdict == Verdict.Approve && x.Part == null)
            .OrderByDescending(x => x.Id)
            .FirstOrDefaultAsync(cancellationToken);
        return new(review.Fingerprint, approval is not null, approval?.By ?? review.SubmittedBy, approval?.At ?? review.SubmittedAt);
    }
}
