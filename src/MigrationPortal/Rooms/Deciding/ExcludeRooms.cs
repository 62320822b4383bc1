using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Live;

namespace MigrationPortal.Rooms.Deciding;

/// <summary>Decides that legacy rooms will not move. All of them or none.</summary>
internal sealed record ExcludeRooms(IReadOnlyCollection<long> RoomIds, string? Reason);

internal sealed class LeaveOutRoomsHandler(IDbContextFactory<PortalDbContext> databases, AuditTrail audit, LiveFeed feed, TimeProvider time)
{
    public async Task<Outcome<int>> HandleAsync(ExcludeRooms request, Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.Require(caller, Role.Planner, "exclude-room") is { } refusal)
            return refusal;
        if (RoomReason.Check(request.Reason) is { } unfit)
            return unfit;

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var chosen = await ChosenRooms.LoadAsync(db, request.RoomIds, cancellationToken);
        if (!chosen.IsDone)
            return chosen.Refusal;
        if (await RoomScope.RefuseAsync(db, caller, "exclude-room", [Role.Planner], chosen.Value.PoolPairId, chosen.Value.RoomIds, cancellationToken) is { } outside)
            return outside;
        var ids = chosen.Value.RoomIds;
        if (await FindHeldAsync(db, ids, cancellationToken) is { } held)
            return held;

        var done = await db.Set<Room>().Where(x => ids.Contains(x.Id) && x.LeftOutAt == null)
            .ExecuteUpdateAsync(set => set
                .SetProperty(x => x.LeftOutBy, caller.Name)
                .SetProperty(x => x.LeftOutAt, time.GetUtcNow())
                .SetProperty(x => x.LeftOutReason, request.Reason!.Trim()), cancellationToken);
        await chosen.Value.RecordAsync(db, audit, caller, "RoomLeftOut", request.Reason, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        feed.Announce($"pair:{chosen.Value.PoolPairId}");
        return done;
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
