using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Rooms;

/// <summary>
/// Turns a filter into SQL over the pool pair's current scan. Rows stay those of the pairs alone; what decisions and batches know
/// of a room is asked by EXISTS, so that a list that asks for nothing of it reads nothing of it.
/// </summary>
internal static class RoomSelection
{
    public static IQueryable<RoomPair> Of(PortalDbContext db, string poolPairId)
    {
        var scan = PoolPairQueries.CurrentScanOf(db, poolPairId);
        return db.Set<RoomPair>().Where(x => x.ScanId == scan.FirstOrDefault());
    }

    /// <summary>The rows that people see now: those of each pool pair's current scan.</summary>
    public static IQueryable<RoomPair> Current(PortalDbContext db)
    {
        var scans = PoolPairQueries.CurrentScans(db);
        return db.Set<RoomPair>().Where(x => scans.Any(scan => scan.ScanId == x.ScanId));
    }

    public static IQueryable<RoomPair> Matching(PortalDbContext db, RoomFilter filter)
    {
        var rooms = MatchingAnyComparison(db, filter);
        return filter.Comparisons.Count == 0 ? rooms : rooms.Where(x => filter.Comparisons.Contains(x.Comparison));
    }

    public static IQueryable<RoomPair> MatchingAnyComparison(PortalDbContext db, RoomFilter filter)
    {
        var rooms = Of(db, filter.PoolPairId);
        if (filter.Categories.Count > 0)
        {
            var paths = filter.Categories.ToArray();
            var below = paths.Select(path => CategoryPaths.Join([path, ""])).ToArray();
#pragma warning disable CA1310, MA0074 // Runs in PostgreSQL, which knows neither cultures nor StringComparison.
            rooms = rooms.Where(x => paths.Contains(x.Category) || below.Any(path => x.Category.StartsWith(path)));
#pragma warning restore CA1310, MA0074
        }

        if (filter.BatchIds.Count > 0)
            rooms = rooms.Where(x => db.Set<RoomHold>().Any(held => held.RoomId == x.RoomId && filter.BatchIds.Contains(held.BatchId)));
        if (filter.Search?.Trim() is { Length: > 0 } search)
            rooms = Searched(db, rooms, search);
        if (filter.Among?.ToArray() is { } among)
            rooms = rooms.Where(x => among.Contains(x.RoomId));
        if (filter.Fit is { } fit)
            rooms = Choosing.RoomFits.Of(db, rooms, fit);
        return filter.Place is { } place ? rooms.At(db, place) : rooms;
    }

    private static IQueryable<RoomPair> At(this IQueryable<RoomPair> rooms, PortalDbContext db, Place place)
    {
        var legacy = rooms.Where(x => x.LegacyNodeId != null && !x.IsVanished);
        var only = legacy.Where(x => x.Comparison == Comparison.OnlyLegacy);
        var leftOut = db.Set<Room>().Where(room => room.LeftOutAt != null);
        var kept = only.Where(x => !leftOut.Any(room => room.Id == x.RoomId));
        var held = db.Set<RoomHold>();
        var moving = held.Where(hold => hold.IsMoving);
        return place switch
        {
            Place.There => legacy.Where(x => x.Comparison == Comparison.Same || x.Comparison == Comparison.Accepted),
            Place.Different => legacy.Where(x => x.Comparison == Comparison.Different),
            Place.LeftOut => only.Where(x => leftOut.Any(room => room.Id == x.RoomId)),
            Place.Moving => kept.Where(x => moving.Any(hold => hold.RoomId == x.RoomId)),
            Place.Waiting => kept.Where(x => held.Any(hold => hold.RoomId == x.RoomId) && !moving.Any(hold => hold.RoomId == x.RoomId)),
            _ => kept.Where(x => !held.Any(hold => hold.RoomId == x.RoomId)),
        };
    }

    private static IQueryable<RoomPair> Searched(PortalDbContext db, IQueryable<RoomPair> rooms, string search)
    {
        if (Guid.TryParse(search, out var guid))
            return rooms.Where(x => db.Set<Room>().Any(room => room.Guid == guid && room.Id == x.RoomId));

        var inPath = CategoryPaths.Segment(search);
        return rooms.Where(x =>
            SearchText.Contains(x.LegacyName, search) || SearchText.Contains(x.NewName, search) || SearchText.Contains(x.Category, search) || SearchText.Contains(x.Category, inPath));
    }
}
