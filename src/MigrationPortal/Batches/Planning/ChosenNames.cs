using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Rooms;
using MigrationPortal.Rooms.Scanning;

namespace MigrationPortal.Batches.Planning;

/// <summary>Names that people chose in any batch of a pool pair, by the guid of a room or of a category in the new pool.</summary>
internal sealed class ChosenNames : IChosenNames
{
    public async Task<IReadOnlyDictionary<Guid, string>> ListAsync(PortalDbContext db, string poolPairId, CancellationToken cancellationToken)
    {
        var rooms = await (
            from room in RoomQueries.All(db)
            join inBatch in db.Set<BatchRoom>() on room.Id equals inBatch.RoomId
            join batch in db.Set<Batch>() on inBatch.BatchId equals batch.Id
            // After its cutover a batch holds its rooms no longer, and their names stay.
            where room.PoolPairId == poolPairId && inBatch.NewName != null && (inBatch.IsOpen || batch.State == BatchState.CutOver)
            orderby inBatch.IsOpen descending, batch.Id descending
            select new { room.Guid, inBatch.NewName }).ToListAsync(cancellationToken);
        var categories = await BatchCategory.Chosen(db, poolPairId).OrderBy(x => x.BatchId).Select(x => new { Guid = x.Category, NewName = (string?)x.NewName }).ToListAsync(cancellationToken);
        return rooms.Concat(categories).GroupBy(x => x.Guid).ToDictionary(x => x.Key, x => x.First().NewName!);
    }
}
