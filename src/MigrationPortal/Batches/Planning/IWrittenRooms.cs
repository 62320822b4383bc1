using MigrationPortal.Data;

namespace MigrationPortal.Batches.Planning;

/// <summary>The rooms and categories that runs of a pool pair wrote into the new pool; a later feature has the ledger.</summary>
internal interface IWrittenRooms
{
    Task<IReadOnlySet<Guid>> ListAsync(PortalDbContext db, string poolPairId, CancellationToken cancellationToken);
}
