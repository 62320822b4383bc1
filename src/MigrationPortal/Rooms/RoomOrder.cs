using System.Linq.Expressions;
using MigrationPortal.Data;

namespace MigrationPortal.Rooms;

/// <summary>Every order ends in the room's id, so that no room is on two pages or on none.</summary>
internal static class RoomOrder
{
    public static IQueryable<RoomPair> OrderedBy(this IQueryable<RoomPair> rooms, PortalDbContext db, RoomFilter filter) => filter.Sort switch
    {
        RoomSort.Name => By(rooms, filter, x => x.LegacyName),
        RoomSort.Comparison => By(rooms, filter, x => x.Comparison),
        RoomSort.Members => By(rooms, filter, x => x.LegacyMemberCount ?? -1),
        RoomSort.Messages => By(rooms, filter, x => x.LegacyMessageCount ?? -1),
        RoomSort.Last => By(rooms, filter, x => x.LegacyLastMessageAt ?? DateTimeOffset.UnixEpoch),
        RoomSort.NewName => By(rooms, filter, x => x.NewName),
        RoomSort.NewMembers => By(rooms, filter, x => x.NewMemberCount ?? -1),
        RoomSort.NewMessages => By(rooms, filter, x => x.NewMessageCount ?? -1),
        RoomSort.Batch => By(rooms, filter, x => db.Set<RoomHold>().Where(held => held.RoomId == x.RoomId).Select(held => held.BatchName).FirstOrDefault()),
        // The index's own order.
        _ => filter.Descending
            ? rooms.OrderByDescending(x => x.Category).ThenByDescending(x => x.LegacyName).ThenByDescending(x => x.RoomId)
            : rooms.OrderBy(x => x.Category).ThenBy(x => x.LegacyName).ThenBy(x => x.RoomId),
    };

    private static IOrderedQueryable<RoomPair> By<T>(IQueryable<RoomPair> rooms, RoomFilter filter, Expression<Func<RoomPair, T>> key) =>
        filter.Descending ? rooms.OrderByDescending(key).ThenByDescending(x => x.RoomId) : rooms.OrderBy(key).ThenBy(x => x.RoomId);
}
