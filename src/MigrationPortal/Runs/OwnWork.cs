using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Rooms.Deciding;

namespace MigrationPortal.Runs;

internal sealed class OwnWork : IOwnWork
{
    public Task<string?> FindAsync(PortalDbContext db, IQueryable<long> roomIds, string person, CancellationToken cancellationToken) => (
        from held in BatchReads.Rooms(db)
        join batch in BatchReads.All(db) on held.BatchId equals batch.Id
        where roomIds.Contains(held.RoomId)
            && (batch.Author == person || db.Set<Run>().Any(run => run.BatchId == batch.Id && run.StartedBy == person))
        select batch.Name).FirstOrDefaultAsync(cancellationToken);
}
