using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Live;

namespace MigrationPortal.Rooms.Deciding;

/// <summary>Takes back the decision to leave a room out.</summary>
internal sealed record IncludeRoom(long RoomId);

internal sealed class TakeRoomBackHandler(IDbContextFactory<PortalDbContext> databases, AuditTrail audit, LiveFeed feed)
{
    public async Task<Outcome<int>> HandleAsync(IncludeRoom request, Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.Require(caller, Role.Planner, "include-room") is { } refusal)
            return refusal;

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var chosen = await ChosenRooms.LoadAsync(db, [request.RoomId], cancellationToken);
        if (!chosen.IsDone)
            return chosen.Refusal;
        if (await RoomScope.RefuseAsync(db, caller, "include-room", [Role.Planner], chosen.Value.PoolPairId, chosen.Value.RoomIds, cancellationToken) is { } outside)
            return outside;
        var done = await db.Set<Room>().Where(x => x.Id == request.RoomId && x.LeftOutAt != null)
            .ExecuteUpdateAsync(set => set
                .SetProperty(x => x.LeftOutBy, (string?)null)
                .SetProperty(x => x.LeftOutAt, (DateTimeOffset?)null)
                .SetProperty(x => x.LeftOutReason, (string?)null), cancellationToken);
        if (done > 0)
            await chosen.Value.RecordAsync(db, audit, caller, "RoomTakenBack", null, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        feed.Announce($"pair:{chosen.Value.PoolPairId}");
        return done;
    }
}
