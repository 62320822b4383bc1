using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Data;
using MigrationPortal.People;

namespace MigrationPortal.Batches;

internal sealed class PlannedRights : IPlannedRights
{
    public Task<long[]> ListPlansAsync(PortalDbContext db, string poolPairId, CancellationToken cancellationToken) =>
        ActivePlans.ListIdsAsync(db, poolPairId, cancellationToken);

    public IQueryable<PlannedSum> Sum(PortalDbContext db, long[] plans) =>
        from sum in db.Set<PlanRightSum>()
        where plans.Contains(sum.PlanId)
        group sum by sum.Principal into sums
        select new PlannedSum { Principal = sums.Key, Gains = sums.Sum(x => x.Gains), Losses = sums.Sum(x => x.Losses) };

    public async Task<Page<PersonChange>> ListAsync(PortalDbContext db, string poolPairId, Guid principal, Paging paging, CancellationToken cancellationToken)
    {
        var plans = await ActivePlans.ListIdsAsync(db, poolPairId, cancellationToken);
        var changes =
            from change in db.Set<PlanRightChange>().AsNoTracking()
            join plan in db.Set<BatchPlan>() on change.PlanId equals plan.Id
            join batch in db.Set<Batch>() on plan.BatchId equals batch.Id
            where change.Principal == principal && plans.Contains(change.PlanId)
            select new { batch.Id, batch.Name, Change = change };
        var total = await changes.LongCountAsync(cancellationToken);
        var items = await changes.OrderByDescending(x => x.Id).ThenBy(x => x.Change.Ordinal).Skip(paging.Skip).Take(paging.Take).ToListAsync(cancellationToken);
        return new(total, [.. items.Select(x => new PersonChange(x.Id, x.Name, x.Change.Read()))]);
    }
}
