using MigrationPortal.Audit;
using MigrationPortal.Data;

namespace MigrationPortal.Rooms.Deciding;

/// <param name="Kind">As a batch's timeline names it.</param>
/// <param name="Whose">Who proposed what is decided about; null where nothing is.</param>
internal sealed record AcceptanceEvent(Caller By, string Kind, long[] RoomIds, string Reason, string? Whose = null);

/// <param name="Records">What the caller records in the audit, last in its transaction.</param>
/// <param name="Announce">What to call after the commit.</param>
internal sealed record AcceptanceTold(IReadOnlyList<AuditRecord> Records, Action Announce);

/// <summary>Writes into the history of batches what was decided about differences of their rooms; a later feature knows which batch migrated a room.</summary>
internal interface IAcceptanceHistory
{
    Task<AcceptanceTold> AddAsync(PortalDbContext db, AcceptanceEvent happened, CancellationToken cancellationToken);
}
