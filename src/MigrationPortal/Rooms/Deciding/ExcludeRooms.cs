using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Rooms.Deciding;

/// <summary>Decides that legacy rooms will not move. All of them or none.</summary>
internal sealed record ExcludeRooms(IReadOnlyCollection<long> RoomIds, string? Reason);

internal sealed class ExcludeRoomsHandler(RoomDecisions decisions, TimeProvider time)
{
    public Task<Outcome<int>> HandleAsync(ExcludeRooms request, Caller caller, CancellationToken cancellationToken)
    {
        return decisions.TakeAsync(
            new("exclude-room", [Role.Planner], "RoomLeftOut", ExcludeAsync) { RoomIds = request.RoomIds, NeedsReason = true, Reason = request.Reason }, caller, cancellationToken);

        async Task<Outcome<int>> ExcludeAsync(PortalDbContext db, long[] ids, CancellationToken token) => await FindHeldAsync(db, ids, token) is { } held
            ? held
            : await db.Set<Room>().Where(x => ids.Contains(x.Id) && x.LeftOutAt == null)
                .ExecuteUpdateAsync(set => set
                    .SetProperty(x => x.LeftOutBy, caller.Name)
                    .SetProperty(x => x.LeftOutAt, time.GetUtcNow())
                    .SetProperty(x => x.LeftOutReason, request.Reason!.Trim()), token);
    }

    private static async Task<Refusal?> FindHeldAsync(PortalDbContext db, long[] ids, CancellationToken cancellationToken)
    {
        var onlyNew = await RoomSelection.Current(db).Where(x => ids.Contains(x.RoomId) && x.LegacyNodeId == null)
            .Select(x => x.NewName).FirstOrDefaultAsync(cancellationToken);
        if (onlyNew is not null)
            return new Refusal("only-new", RefusalKind.Conflict, onlyNew);

        var held = await (
            from hold in db.Set<RoomHold>()
            join pair in RoomSelection.Current(db) on hold.RoomId equals pair.RoomId
            where ids.Contains(hold.RoomId)
            orderby hold.RoomId
            select new { Room = pair.LegacyName, Batch = hold.BatchName }).FirstOrDefaultAsync(cancellationToken);
        return held is null
            ? null
            : new Refusal("room-in-batch.exclude", RefusalKind.Conflict, held.Room, held.Batch);
    }
}
