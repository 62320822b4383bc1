using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Batches.Editing;

/// <summary>What a later feature keeps of a batch follows it, within the same transaction.</summary>
internal interface IBatchDependent
{
    /// <summary>The plan is no longer what people were asked about.</summary>
    /// <param name="by">Who changed the batch; the portal, where the source changed.</param>
    /// <returns>What the caller records of it.</returns>
    Task<IReadOnlyList<TimelineEntry>> VoidAsync(PortalDbContext db, Batch batch, Caller by, Wording because, CancellationToken cancellationToken);

    /// <summary>Why a draft must stay for now; null where it may go.</summary>
    Task<Refusal?> RefuseDeletionAsync(PortalDbContext db, Batch batch, CancellationToken cancellationToken) => Task.FromResult<Refusal?>(null);

    Task DeleteAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken);
}
