using MigrationPortal.Data;

namespace MigrationPortal.Batches;

/// <summary>A name that a planner chose for a category, in place of the one by rule.</summary>
internal sealed class BatchCategory
{
    public required long BatchId { get; init; }
    /// <summary>nodeGuid in the new pool.</summary>
    public required Guid Category { get; init; }
    public required string NewName { get; init; }

    /// <summary>Every name that holds in a pool pair: of all batches but those whose work was undone or that ended before any.</summary>
    public static IQueryable<BatchCategory> Chosen(PortalDbContext db, string poolPairId) =>
        db.Set<BatchCategory>().Where(x => db.Set<Batch>().Any(batch => batch.Id == x.BatchId && batch.PoolPairId == poolPairId && batch.State != BatchState.Undone
            && (batch.State != BatchState.Cancelled || db.Set<BatchRoom>().Any(room => room.BatchId == batch.Id && room.IsOpen))));
}
