using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Data;

namespace MigrationPortal.Runs;

internal sealed class WrittenRooms : IWrittenRooms
{
    public async Task<IReadOnlySet<Guid>> ListAsync(PortalDbContext db, string poolPairId, CancellationToken cancellationToken)
    {
        var batches = await BatchReads.All(db).Where(x => x.PoolPairId == poolPairId).Select(x => x.Id).ToArrayAsync(cancellationToken);
        var written = await db.Database.SqlQuery<Guid>($"""
            SELECT DISTINCT guid AS "Value" FROM portal.ledger_ids WHERE batch_id = ANY({batches}) AND kind = 'Node'
            """).ToListAsync(cancellationToken);
        return written.ToHashSet();
    }
}

/// <summary>A plan that ran is what undo, delta and verification go by.</summary>
internal sealed class PlansOfRuns : IPlanUse
{
    public async Task<IReadOnlyList<long>> ListAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken) =>
        await db.Set<Run>().Where(x => x.BatchId == batchId).Select(x => x.PlanId).Distinct().ToListAsync(cancellationToken);
}
