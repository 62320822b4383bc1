using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Batches;
using MigrationPortal.Data;

namespace MigrationPortal.Reviews.BreakGlass;

/// <summary>One emergency start of a list, with the batch's name.</summary>
internal sealed record BreakGlassOfBatch(BreakGlassRequest Request, string BatchName);

internal sealed class BreakGlassQueries(IDbContextFactory<PortalDbContext> databases)
{
    // A pool pair has one at a time until an auditor answered: there are few.
    private const int Most = 200;

    /// <summary>Newest first.</summary>
    public async Task<Page<BreakGlassRequest>> ListAsync(long batchId, Paging paging, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var all = BreakGlassReads.All(db).Where(x => x.BatchId == batchId);
        var total = await all.LongCountAsync(cancellationToken);
        return new(total, await all.OrderByDescending(x => x.Id).Skip(paging.Skip).Take(paging.Take).ToListAsync(cancellationToken));
    }

    /// <summary>Those that wait for a second person or for an auditor; who asked too long ago is not among them.</summary>
    /// <param name="poolPairId">Null: of all pairs.</param>
    public async Task<IReadOnlyList<BreakGlassOfBatch>> ListOpenAsync(string? poolPairId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var earliest = now - BreakGlassRequest.ConfirmWithin;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var live = ReviewQueries.Live(db).Select(x => x.Id);
        return await (
            from one in BreakGlassReads.All(db)
            join batch in BatchReads.All(db) on one.BatchId equals batch.Id
            where (poolPairId == null || one.PoolPairId == poolPairId)
                && ((one.State == BreakGlassState.Asked && one.AskedAt > earliest && live.Contains(one.ReviewId))
                    || ((one.State == BreakGlassState.Confirmed || one.State == BreakGlassState.Started) && one.Verdict == null))
            orderby one.Id
            select new BreakGlassOfBatch(one, batch.Name)).Take(Most).ToListAsync(cancellationToken);
    }
}
