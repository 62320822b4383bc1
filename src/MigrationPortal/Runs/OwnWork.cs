using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Rooms.Deciding;

namespace MigrationPortal.Runs;

internal sealed class OwnWork : IOwnWork
{
    public IQueryable<OwnRoom> Of(PortalDbContext db, IQueryable<long> roomIds, string person) =>
        from held in BatchReads.Rooms(db)
        join batch in BatchReads.All(db) on held.BatchId equals batch.Id
        where roomIds.Contains(held.RoomId)
            && (batch.Author == person || db.Set<Run>().Any(run => run.BatchId == batch.Id && run.StartedBy == person))
        select new OwnRoom { RoomId = held.RoomId, Batch = batch.Name };
}
