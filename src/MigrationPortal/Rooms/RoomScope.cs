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
        var categories = await Places(db, poolPairId, rooms).Select(x => x.Category).Distinct().ToListAsync(cancellationToken);
        return Rights.RequireThere(caller, doing, roles, poolPairId, categories.Contains(null) ? null : [.. categories.OfType<string>()]);
    }

    /// <summary>As above, for each of the rooms alone.</summary>
    /// <param name="rooms">Ids, as SQL.</param>
    /// <returns>By room; without those that the roles reach.</returns>
    public static async Task<Dictionary<long, Refusal>> RefuseEachAsync(
        PortalDbContext db, Caller caller, string doing, Role[] roles, string poolPairId, IQueryable<long> rooms, CancellationToken cancellationToken)
    {
        var refused = new Dictionary<long, Refusal>();
        if (Rights.Reaches(caller, poolPairId, roles))
            return refused;
        var places = await Places(db, poolPairId, rooms).ToListAsync(cancellationToken);
        foreach (var same in places.GroupBy(x => x.Category))
        {
            if (Rights.RequireThere(caller, doing, roles, poolPairId, same.Key is null ? null : [same.Key]) is not { } refusal)
                continue;
            foreach (var place in same)
                refused[place.RoomId] = refusal;
        }

        return refused;
    }

    private static IQueryable<RoomPlace> Places(PortalDbContext db, string poolPairId, IQueryable<long> rooms) =>
        from room in rooms
        join pair in RoomSelection.Of(db, poolPairId) on room equals pair.RoomId into pairs
        from pair in pairs.DefaultIfEmpty()
        select new RoomPlace { RoomId = room, Category = pair == null ? null : pair.Category };

    private sealed class RoomPlace
    {
        public required long RoomId { get; init; }
        public required string? Category { get; init; }
    }
}
