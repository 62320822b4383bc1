using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Data;
using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Batches.Viewing;

internal sealed record RightChangePage(int Gains, int Losses, Page<RightChange> Page);

/// <summary>Who can do more or less once the batch has moved, from the plan that stands now.</summary>
internal sealed class RightChangeQueries(IDbContextFactory<PortalDbContext> databases)
{
    /// <param name="gains">Null: both; gains come first.</param>
    /// <returns>Null while there is no plan.</returns>
    public async Task<RightChangePage?> ListAsync(long batchId, bool? gains, Paging paging, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var planId = await NewestAsync(db, batchId, cancellationToken);
        if (planId is null)
            return null;
        var changes = db.Set<PlanRightChange>().AsNoTracking().Where(x => x.PlanId == planId);
        var all = await changes.CountAsync(cancellationToken);
        var more = await changes.CountAsync(x => x.After && !x.Before, cancellationToken);
        var items = await Of(changes, gains).Skip(paging.Skip).Take(paging.Take).ToListAsync(cancellationToken);
        return new(more, all - more, new(gains switch { true => more, false => all - more, null => all }, [.. items.Select(x => x.Read())]));
    }

    public async IAsyncEnumerable<RightChange> StreamAsync(long batchId, bool? gains, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var planId = await NewestAsync(db, batchId, cancellationToken);
        await foreach (var change in Of(db.Set<PlanRightChange>().AsNoTracking().Where(x => x.PlanId == planId), gains).AsAsyncEnumerable().WithCancellation(cancellationToken))
            yield return change.Read();
    }

    private static Task<long?> NewestAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken) =>
        db.Set<BatchPlan>().Where(x => x.BatchId == batchId).MaxAsync(x => (long?)x.Id, cancellationToken);

    private static IOrderedQueryable<PlanRightChange> Of(IQueryable<PlanRightChange> changes, bool? gains) =>
        changes.Where(x => gains == null || (x.After && !x.Before) == gains).OrderBy(x => x.Ordinal);
}
