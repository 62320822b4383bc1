using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Rooms;

namespace MigrationPortal.Batches.Planning;

/// <summary>What the planner needs to know beside the two inventories.</summary>
internal static class PlanRequests
{
    public static async Task<PlanRequest> MakeAsync(
        PortalDbContext db, PlanInput input, ChatPool legacy, ChatPool @new, SqlProvider newProvider, CancellationToken cancellationToken)
    {
        var pair = input.Batch.PoolPairId;
        var rooms = await (
            from room in db.Set<Room>()
            join inBatch in db.Set<BatchRoom>() on room.Id equals inBatch.RoomId
            where inBatch.BatchId == input.Batch.Id
            select room.Guid).ToListAsync(cancellationToken);
        // A name that another batch of the pair chose is taken for this one, too.
        var names = await (
            from room in db.Set<Room>()
            join inBatch in db.Set<BatchRoom>() on room.Id equals inBatch.RoomId
            where room.PoolPairId == pair && inBatch.NewName != null && inBatch.IsOpen
            select new { room.Guid, inBatch.NewName }).ToListAsync(cancellationToken);
        var leftOut = await db.Set<Room>()
            .Where(x => x.PoolPairId == pair && x.LeftOutBy != null)
            .Select(x => x.Guid)
            .ToListAsync(cancellationToken);
        var written = await db.Database.SqlQuery<Guid>($"""
            SELECT DISTINCT i.guid AS "Value" FROM portal.ledger_ids i
            JOIN portal.batches b ON b.id = i.batch_id
            WHERE b.pool_pair_id = {pair} AND i.kind = 'Node'
            """).ToListAsync(cancellationToken);
        return new PlanRequest(
            legacy, @new, rooms.ToHashSet(), input.Options, names.ToDictionary(x => x.Guid, x => x.NewName!), written.ToHashSet())
        {
            LeftOut = leftOut.ToHashSet(),
            NewProvider = newProvider,
        };
    }
}
