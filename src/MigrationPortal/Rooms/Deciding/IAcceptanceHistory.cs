using MigrationPortal.Data;

namespace MigrationPortal.Rooms.Deciding;

/// <param name="Kind">As a batch's timeline names it.</param>
/// <param name="Whose">Who proposed what is decided about; null where nothing is.</param>
internal sealed record AcceptanceEvent(Caller By, string Kind, long[] RoomIds, string Reason, string? Whose = null);

/// <summary>Writes into the history of batches what was decided about differences of their rooms; a later feature knows which batch migrated a room.</summary>
internal interface IAcceptanceHistory
{
    /// <summary>Call last in the transaction.</summary>
    /// <returns>What to call after the commit.</returns>
    Task<Action> RecordAsync(PortalDbContext db, AcceptanceEvent happened, CancellationToken cancellationToken);
}
