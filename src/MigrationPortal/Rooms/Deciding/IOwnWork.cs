using MigrationPortal.Data;

namespace MigrationPortal.Rooms.Deciding;

/// <summary>Who made and who ran the batches of rooms; a later feature knows.</summary>
internal interface IOwnWork
{
    /// <returns>The name of a batch of these rooms that the person made or ran; null when there is none.</returns>
    Task<string?> FindAsync(PortalDbContext db, IQueryable<long> roomIds, string person, CancellationToken cancellationToken);
}
