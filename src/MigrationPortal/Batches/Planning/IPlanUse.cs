using MigrationPortal.Data;

namespace MigrationPortal.Batches.Planning;

/// <summary>Which plans of a batch a later feature still needs, though newer ones were computed.</summary>
internal interface IPlanUse
{
    Task<IReadOnlyList<long>> ListAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken);
}
