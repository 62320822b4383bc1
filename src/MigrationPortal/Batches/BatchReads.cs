using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;

namespace MigrationPortal.Batches;

/// <summary>What later features read of batches within their own transaction or join. Nothing of it is tracked.</summary>
internal static class BatchReads
{
    public static IQueryable<Batch> All(PortalDbContext db) => db.Set<Batch>().AsNoTracking();

    public static Task<Batch?> FindAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken) =>
        All(db).FirstOrDefaultAsync(x => x.Id == batchId, cancellationToken);

    /// <summary>A batch that is known to be there.</summary>
    public static Task<Batch> GetAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken) =>
        All(db).SingleAsync(x => x.Id == batchId, cancellationToken);

    public static IQueryable<BatchRoom> Rooms(PortalDbContext db) => db.Set<BatchRoom>().AsNoTracking();

    public static IQueryable<BatchEvent> Events(PortalDbContext db) => db.Set<BatchEvent>().AsNoTracking();

    public static IQueryable<BatchFinding> Findings(PortalDbContext db) => db.Set<BatchFinding>().AsNoTracking();

    public static IQueryable<BatchPlan> Plans(PortalDbContext db) => db.Set<BatchPlan>().AsNoTracking();
}
