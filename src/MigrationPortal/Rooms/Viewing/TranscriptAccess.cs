using MigrationPortal.Engine;
using MigrationPortal.PoolPairs;
using MigrationPortal.Rooms.Deciding;

namespace MigrationPortal.Rooms.Viewing;

internal sealed record OpenedRoom(RoomView View, PoolPairConnections Pair);

/// <summary>Who may see what people wrote in a room, and with which reason.</summary>
internal sealed class TranscriptAccess(RoomQueries rooms, PoolPairCatalog catalog)
{
    public async Task<Outcome<OpenedRoom>> OpenAsync(long roomId, string? reason, Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.RequireAny(caller, "read-messages", Role.Approver, Role.Auditor) is { } refusal)
            return refusal;
        if (RoomReason.Check(reason) is { } unfit)
            return unfit;
        if (await rooms.FindAsync(roomId, cancellationToken) is not { } view)
            return new Refusal("not-found.room", RefusalKind.NotFound, $"{roomId}");
        if (Rights.RequireThere(caller, "read-messages", [Role.Approver, Role.Auditor], view.PoolPairId, [view.Row.Category]) is { } outside)
            return outside;
        return catalog.Find(view.PoolPairId) is { } pair ? new OpenedRoom(view, pair) : PoolSides.NotConfigured(view.PoolPairId);
    }
}
