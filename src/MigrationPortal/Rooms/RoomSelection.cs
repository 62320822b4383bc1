using Microsoft.EntityFrameworkCore;
using MigrationPortal.Administration;
using MigrationPortal.Batches;
using MigrationPortal.Data;

namespace MigrationPortal.Rooms;

/// <summary>A pair with what decisions and batches know of it: what filters and sorts look at.</summary>
internal sealed class PairedRoom
{
    public required RoomPair Pair { get; init; }
    public required Room Room { get; init; }
    /// <summary>The open batch that holds the room.</summary>
    public required Batch? Batch { get; init; }
}

/// <summary>Turns a filter into one SQL query over the pool pair's current scan.</summary>
internal static class RoomSelection
{
    private static readonly BatchState[] Moving = [BatchState.Running, BatchState.Paused, BatchState.Stopping];

    public static IQueryable<PairedRoom> Of(PortalDbContext db, string poolPairId) =>
        from pool in db.Set<PoolPair>()
        join pair in db.Set<RoomPair>() on pool.CurrentScanId equals pair.ScanId
        join room in db.Set<Room>() on pair.RoomId equals room.Id
        join held in db.Set<BatchRoom>().Where(x => x.IsOpen) on room.Id equals held.RoomId into holds
        from hold in holds.DefaultIfEmpty()
        join open in db.Set<Batch>() on hold.BatchId equals open.Id into opens
        from batch in opens.DefaultIfEmpty()
        where pool.Id == poolPairId
        select new PairedRoom { Pair = pair, Room = room, Batch = batch };

    /// <summary>The rows that people see now: those of each pool pair's current scan.</summary>
    public static IQueryable<RoomPair> Current(PortalDbContext db) =>
        db.Set<RoomPair>().Where(x => db.Set<PoolPair>().Any(pool => pool.CurrentScanId == x.ScanId));

    public static IQueryable<PairedRoom> Where(this IQueryable<PairedRoom> rooms, RoomFilter filter)
    {
        rooms = rooms.WhereIgnoringComparison(filter);
        return filter.Comparisons.Count == 0 ? rooms : rooms.Where(x => filter.Comparisons.Contains(x.Pair.Comparison));
    }

    public static IQueryable<PairedRoom> WhereIgnoringComparison(this IQueryable<PairedRoom> rooms, RoomFilter filter)
    {
        if (filter.Categories.Count > 0)
        {
            var paths = filter.Categories.ToArray();
            var below = paths.Select(path => Like.Escape(path) + " / %").ToArray();
            rooms = rooms.Where(x => paths.Contains(x.Pair.Category) || below.Any(path => EF.Functions.Like(x.Pair.Category, path)));
        }

        if (filter.BatchIds.Count > 0)
            rooms = rooms.Where(x => x.Batch != null && filter.BatchIds.Contains(x.Batch.Id));
        if (filter.Search?.Trim() is { Length: > 0 } search)
            rooms = Matching(rooms, search);
        return filter.Place is { } place ? At(rooms, place) : rooms;
    }

    public static IQueryable<PairedRoom> At(IQueryable<PairedRoom> rooms, Place place)
    {
        var legacy = rooms.Where(x => x.Pair.LegacyNodeId != null && !x.Pair.IsVanished);
        var only = legacy.Where(x => x.Pair.Comparison == Comparison.OnlyLegacy);
        return place switch
        {
            Place.There => legacy.Where(x => x.Pair.Comparison == Comparison.Same || x.Pair.Comparison == Comparison.Accepted),
            Place.Different => legacy.Where(x => x.Pair.Comparison == Comparison.Different),
            Place.LeftOut => only.Where(x => x.Room.LeftOutAt != null),
            Place.Moving => only.Where(x => x.Room.LeftOutAt == null && x.Batch != null && Moving.Contains(x.Batch.State)),
            Place.Waiting => only.Where(x => x.Room.LeftOutAt == null && x.Batch != null && !Moving.Contains(x.Batch.State)),
            _ => only.Where(x => x.Room.LeftOutAt == null && x.Batch == null),
        };
    }

    private static IQueryable<PairedRoom> Matching(IQueryable<PairedRoom> rooms, string search)
    {
        if (Guid.TryParse(search, out var guid))
            return rooms.Where(x => x.Room.Guid == guid);

        var pattern = $"%{Like.Escape(search)}%";
        return rooms.Where(x =>
            EF.Functions.ILike(x.Pair.LegacyName!, pattern) || EF.Functions.ILike(x.Pair.NewName!, pattern) || EF.Functions.ILike(x.Pair.Category, pattern));
    }
}

internal static class Like
{
    /// <summary>What somebody typed is looked for as typed: % and _ are no wildcards.</summary>
    public static string Escape(string text) => text.Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_");
}
