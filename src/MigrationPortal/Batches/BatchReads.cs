using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Rooms;

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

    /// <summary>The rooms of a batch, by the guid that they have in both pools.</summary>
    public static Task<Dictionary<Guid, long>> RoomIdsAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken) => (
        from room in RoomQueries.All(db)
        join inBatch in Rooms(db) on room.Id equals inBatch.RoomId
        where inBatch.BatchId == batchId
        select new { room.Guid, room.Id }).ToDictionaryAsync(x => x.Guid, x => x.Id, cancellationToken);

    public static IQueryable<BatchEvent> Events(PortalDbContext db) => db.Set<BatchEvent>().AsNoTracking();

    /// <summary>How each batch was submitted last; what comes back is that person's as much as its author's.</summary>
    public static IQueryable<BatchEvent> LastSubmissions(PortalDbContext db)
    {
        var submissions = Events(db).Where(x => x.Kind == BatchEventKinds.Submitted);
        return submissions.Where(x => !submissions.Any(later => later.BatchId == x.BatchId && later.Id > x.Id));
    }

    public static IQueryable<BatchFinding> Findings(PortalDbContext db) => db.Set<BatchFinding>().AsNoTracking();

    public static IQueryable<BatchPlan> Plans(PortalDbContext db) => db.Set<BatchPlan>().AsNoTracking();
}
