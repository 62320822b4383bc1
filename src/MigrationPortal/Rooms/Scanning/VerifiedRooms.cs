using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Verification;

namespace MigrationPortal.Rooms.Scanning;

/// <summary>What the last proof of each room knows that a scan, which only counts, cannot see.</summary>
internal static class VerifiedRooms
{
    public static async Task<IReadOnlyDictionary<Guid, ProvenDifference>> ListDifferentAsync(PortalDbContext db, string poolPairId, CancellationToken cancellationToken)
    {
        var proofs = db.Set<RoomVerification>().Where(x => db.Set<Batch>().Any(batch => batch.Id == x.BatchId && batch.State != BatchState.Undone));
        var found = await (
            from room in db.Set<Room>()
            join proof in proofs on room.Id equals proof.RoomId
            where room.PoolPairId == poolPairId && proof.Differences.Count > 0 && !proofs.Any(later => later.RoomId == proof.RoomId && later.Id > proof.Id)
            select new { room.Guid, proof.Differences, proof.MessageDifference, proof.NewMessageCount }).ToListAsync(cancellationToken);
        return found.ToDictionary(x => x.Guid, x => new ProvenDifference(x.Differences, x.MessageDifference, x.NewMessageCount));
    }
}
