using MigrationPortal.Data;

namespace MigrationPortal.Files;

/// <summary>Whose runs copy files into the new store of a pool pair; a later feature has the batches.</summary>
internal interface IFileBatches
{
    Task<long[]> ListAsync(PortalDbContext db, string poolPairId, CancellationToken cancellationToken);
}
