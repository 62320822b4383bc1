using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Files;
using MigrationPortal.Rooms;
using MigrationPortal.Rooms.Scanning;

namespace MigrationPortal.Batches.Planning;

/// <summary>What the planner needs to know beside the two inventories.</summary>
internal sealed class PlanRequests(FileFacts files, IChosenNames chosen, IWrittenRooms written)
{
    public async Task<PlanRequest> MakeAsync(
        PortalDbContext db, PlanInput input, ChatPool legacy, ChatPool @new, SqlProvider newProvider, CancellationToken cancellationToken)
    {
        var pair = input.Batch.PoolPairId;
        var rooms = await (
            from room in RoomQueries.All(db)
            join inBatch in db.Set<BatchRoom>() on room.Id equals inBatch.RoomId
            where inBatch.BatchId == input.Batch.Id
            select room.Guid).ToListAsync(cancellationToken);
        // A name that another batch of the pair chose is taken for this one, too.
        var names = await chosen.ListAsync(db, pair, cancellationToken);
        var leftOut = await RoomQueries.All(db)
            .Where(x => x.PoolPairId == pair && x.LeftOutBy != null)
            .Select(x => x.Guid)
            .ToListAsync(cancellationToken);
        var request = new PlanRequest(
            legacy, @new, rooms.ToHashSet(), input.Options, names, await written.ListAsync(db, pair, cancellationToken))
        {
            LeftOut = leftOut.ToHashSet(),
            KnownNames = await NamesAsync(db, input, [.. rooms.Except(legacy.Nodes.Select(x => x.Guid))], cancellationToken),
            NewProvider = newProvider,
        };
        // Of the scan also when the two databases are read again: the files themselves are read while they are copied.
        return await files.AddAsync(db, pair, request, cancellationToken);
    }

    // Of rooms that are gone the scans keep the row.
    private static async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(PortalDbContext db, PlanInput input, Guid[] gone, CancellationToken cancellationToken) => gone.Length == 0
        ? new Dictionary<Guid, string>()
        : await (
            from room in RoomQueries.All(db)
            join seen in RoomQueries.Pairs(db) on room.Id equals seen.RoomId
            where room.PoolPairId == input.Batch.PoolPairId && seen.ScanId == input.ScanId && gone.Contains(room.Guid) && seen.LegacyName != null
            select new { room.Guid, seen.LegacyName }).ToDictionaryAsync(x => x.Guid, x => x.LegacyName!, cancellationToken);
}
