using Microsoft.EntityFrameworkCore;
using MigrationPortal.Engine;

namespace MigrationPortal.Rooms.Deciding;

/// <summary>Withdraws the decision to exclude a room.</summary>
internal sealed record IncludeRoom(long RoomId);

internal sealed class IncludeRoomHandler(RoomDecisions decisions)
{
    public Task<Outcome<int>> HandleAsync(IncludeRoom request, Caller caller, CancellationToken cancellationToken) => decisions.TakeAsync(
        new("include-room", [Role.Planner], "RoomTakenBack", async (db, ids, token) => await db.Set<Room>().Where(x => ids.Contains(x.Id) && x.LeftOutAt != null)
            .ExecuteUpdateAsync(set => set
                .SetProperty(x => x.LeftOutBy, (string?)null)
                .SetProperty(x => x.LeftOutAt, (DateTimeOffset?)null)
                .SetProperty(x => x.LeftOutReason, (string?)null), token)) { RoomIds = [request.RoomId] },
        caller,
        cancellationToken);
}
