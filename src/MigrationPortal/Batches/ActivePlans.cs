using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;

namespace MigrationPortal.Batches;

/// <summary>The newest plan of each batch that is neither given up nor undone: what is going to be, or is.</summary>
internal static class ActivePlans
{
    public static Task<long[]> ListIdsAsync(PortalDbContext db, string poolPairId, CancellationToken cancellationToken) => db.Set<BatchPlan>()
        .Where(plan => db.Set<Batch>().Any(x => x.Id == plan.BatchId && x.PoolPairId == poolPairId && x.State != BatchState.Cancelled && x.State != BatchState.Undone))
        .GroupBy(plan => plan.BatchId).Select(plans => plans.Max(x => x.Id)).ToArrayAsync(cancellationToken);
}
