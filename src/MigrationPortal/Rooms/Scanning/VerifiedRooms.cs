using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;

namespace MigrationPortal.Rooms.Scanning;

/// <summary>What the last proof of each room knows that a scan, which only counts, cannot see.</summary>
internal static class VerifiedRooms
{
    public static async Task<IReadOnlyDictionary<Guid, ProvenDifference>> ListDifferentAsync(PortalDbContext db, string poolPairId, CancellationToken cancellationToken)
    {
        var found = await (
            from room in db.Set<Room>()
            join verdict in db.Set<RoomVerdict>() on room.Id equals verdict.RoomId
            where room.PoolPairId == poolPairId && verdict.Differences.Count > 0
            select new { room.Guid, verdict.Differences, verdict.MessageDifference, verdict.NewMessageCount }).ToListAsync(cancellationToken);
        return found.ToDictionary(x => x.Guid, x => new ProvenDifference(x.Differences, x.MessageDifference, x.NewMessageCount));
    }
}
