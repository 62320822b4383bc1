using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Rooms;

/// <summary>Whether somebody's roles reach every one of these rooms. A room that is in no category any more asks for the whole pool pair.</summary>
internal static class RoomScope
{
    public static async Task<Refusal?> RefuseAsync(
        PortalDbContext db, Caller caller, string doing, Role[] roles, string poolPairId, IReadOnlyCollection<long> roomIds, CancellationToken cancellationToken)
    {
        if (Rights.Reaches(caller, poolPairId, roles))
            return null;
        var ids = roomIds.ToArray();
        return await RefuseAsync(db, caller, doing, roles, poolPairId, db.Set<Room>().Where(x => ids.Contains(x.Id)).Select(x => x.Id), cancellationToken);
    }

    /// <param name="rooms">Ids, as SQL.</param>
    public static async Task<Refusal?> RefuseAsync(
        PortalDbContext db, Caller caller, string doing, Role[] roles, string poolPairId, IQueryable<long> rooms, CancellationToken cancellationToken)
    {
        var seen = RoomSelection.Of(db, poolPairId);
        var categories = await (
            from room in rooms
            join pair in seen on room equals pair.RoomId into pairs
            from pair in pairs.DefaultIfEmpty()
            select pair == null ? null : pair.Category).Distinct().ToListAsync(cancellationToken);
        return Rights.RequireThere(caller, doing, roles, poolPairId, categories.Contains(null) ? null : categories!);
    }
}
