using System.Linq.Expressions;

namespace MigrationPortal.Rooms;

/// <summary>Every order ends in the room's id, so that no room is on two pages or on none.</summary>
internal static class RoomOrder
{
    public static IQueryable<PairedRoom> OrderedBy(this IQueryable<PairedRoom> rooms, RoomFilter filter) => filter.Sort switch
    {
        RoomSort.Name => By(rooms, filter, x => x.Pair.LegacyName),
        RoomSort.Comparison => By(rooms, filter, x => x.Pair.Comparison),
        RoomSort.Members => By(rooms, filter, x => x.Pair.LegacyMemberCount ?? -1),
        RoomSort.Messages => By(rooms, filter, x => x.Pair.LegacyMessageCount ?? -1),
        RoomSort.Last => By(rooms, filter, x => x.Pair.LegacyLastMessageAt ?? DateTimeOffset.UnixEpoch),
        RoomSort.NewName => By(rooms, filter, x => x.Pair.NewName),
        RoomSort.NewMembers => By(rooms, filter, x => x.Pair.NewMemberCount ?? -1),
        RoomSort.NewMessages => By(rooms, filter, x => x.Pair.NewMessageCount ?? -1),
        RoomSort.Batch => By(rooms, filter, x => x.Batch!.Name),
        // The index's own order.
        _ => filter.Descending
            ? rooms.OrderByDescending(x => x.Pair.Category).ThenByDescending(x => x.Pair.LegacyName).ThenByDescending(x => x.Pair.RoomId)
            : rooms.OrderBy(x => x.Pair.Category).ThenBy(x => x.Pair.LegacyName).ThenBy(x => x.Pair.RoomId),
    };

    private static IOrderedQueryable<PairedRoom> By<T>(IQueryable<PairedRoom> rooms, RoomFilter filter, Expression<Func<PairedRoom, T>> key) =>
        filter.Descending ? rooms.OrderByDescending(key).ThenByDescending(x => x.Pair.RoomId) : rooms.OrderBy(key).ThenBy(x => x.Pair.RoomId);
}
