using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Data;

namespace MigrationPortal.Reviews;

/// <summary>The newest plan of each fingerprint that was reviewed, so that what people decided about can still be read.</summary>
internal sealed class PlansOfReviews : IPlanUse
{
    public async Task<IReadOnlyList<long>> ListAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken) => await BatchReads.Plans(db)
        .Where(plan => plan.BatchId == batchId && db.Set<Review>().Any(review => review.BatchId == batchId && review.Fingerprint == plan.Fingerprint))
        .GroupBy(plan => plan.Fingerprint)
        .Select(plans => plans.Max(x => x.Id))
        .ToListAsync(cancellationToken);
}
