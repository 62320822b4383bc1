using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Reviews.BreakGlass;

/// <summary>A batch cannot be deleted while an auditor still has to answer about its emergency start. An edit ends the round, and with it what the judge counts.</summary>
internal sealed class BreakGlassOfBatches : IBatchDependent
{
    public Task<IReadOnlyList<TimelineEntry>> VoidAsync(PortalDbContext db, Batch batch, Caller by, Wording because, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<TimelineEntry>>([]);

    public async Task<Refusal?> RefuseDeletionAsync(PortalDbContext db, Batch batch, CancellationToken cancellationToken) =>
        await BreakGlassReads.Unreviewed(db).AnyAsync(x => x.BatchId == batch.Id, cancellationToken) ? new("break-glass-unreviewed.delete", RefusalKind.Conflict, batch.Name) : null;

    public Task DeleteAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken) =>
        db.Set<BreakGlassRequest>().Where(x => x.BatchId == batchId).ExecuteDeleteAsync(cancellationToken);
}
