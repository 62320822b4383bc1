using MigrationPortal.Data;

namespace MigrationPortal.Batches.Editing;

/// <summary>What a later feature keeps of a batch follows it, within the same transaction.</summary>
internal interface IBatchDependent
{
    /// <summary>The plan is no longer what people were asked about.</summary>
    Task VoidAsync(PortalDbContext db, long batchId, DateTimeOffset at, CancellationToken cancellationToken);

    Task DeleteAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken);
}
