using MigrationPortal.Data;

namespace MigrationPortal.Rooms.Scanning;

/// <summary>Names that people chose for rooms and categories, by their guids; Batches knows them.</summary>
internal interface IChosenNames
{
    Task<IReadOnlyDictionary<Guid, string>> ListAsync(PortalDbContext db, string poolPairId, CancellationToken cancellationToken);
}
