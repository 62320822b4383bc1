using MigrationPortal.Data;

namespace MigrationPortal.Rooms.Deciding;

/// <summary>Who made and who ran the batches of rooms; a later feature knows.</summary>
internal interface IOwnWork
{
    /// <summary>Those of the rooms that are in a batch which the person made or ran, once for each such batch.</summary>
    IQueryable<OwnRoom> Of(PortalDbContext db, IQueryable<long> roomIds, string person);
}

internal sealed class OwnRoom
{
    public required long RoomId { get; init; }
    /// <summary>The batch’s name.</summary>
    public required string Batch { get; init; }
}
