using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Rooms;
using MigrationPortal.Rooms.Choosing;

namespace MigrationPortal.Batches.Editing;

/// <summary>Which rooms may go into a batch, and putting them there. Part of the caller's transaction.</summary>
internal static class RoomChoice
{
    /// <summary>A refusal names the first ones and counts the rest.</summary>
    private const int Named = 3;

    /// <summary>Null when every room may move; else who may not, and why.</summary>
    public static async Task<Refusal?> CheckAsync(
        PortalDbContext db, string poolPairId, IReadOnlyCollection<long> roomIds, CancellationToken cancellationToken)
    {
        var ids = roomIds.ToArray();
        var chosen = RoomSelection.Of(db, poolPairId).AsNoTracking().Where(x => ids.Contains(x.RoomId));
        var unknown = ids.Except(await chosen.Select(x => x.RoomId).ToListAsync(cancellationToken)).ToList();
        if (unknown.Count > 0)
            return new("unknown-rooms.pair", RefusalKind.Invalid, unknown.Count, poolPairId, Names(unknown.ConvertAll(x => $"{x}")));

        // Whether another batch has a room is decided when it is added.
        var unfit = RoomFits.Name(db, chosen, RoomStep.Add).Where(x => x.Fit != RoomFit.Fitting && x.Fit != RoomFit.InBatch)
            .OrderBy(x => x.Category).ThenBy(x => x.Name).ThenBy(x => x.RoomId).Select(x => new UnfitRoom(x.Name, x.Fit, x.ExcludedBy, x.ExcludedReason));
        var rooms = await unfit.ToListAsync(cancellationToken);
        return rooms.Count == 0
            ? null
            : new("unfit-rooms", RefusalKind.Invalid, rooms.Count, ids.Length, Names(rooms.ConvertAll(x => x.ToWording())));
    }

    /// <summary>Adds those that no open batch has; for whoever asked for what can be added.</summary>
    /// <returns>The rooms that were added.</returns>
    public static Task<List<long>> AddFreeAsync(PortalDbContext db, long batchId, long[] roomIds, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<long>($"""
            INSERT INTO portal.batch_rooms (batch_id, room_id, is_open)
            SELECT {batchId}, wanted.id, true FROM unnest({roomIds}) AS wanted (id) ORDER BY wanted.id
            ON CONFLICT DO NOTHING
            RETURNING room_id AS "Value"
            """).ToListAsync(cancellationToken);

    /// <summary>
    /// Adds the rooms; how many were new, or who has one already. The unique index on open rooms decides, in id order so that two
    /// batches that want the same rooms wait for each other instead of deadlocking.
    /// </summary>
    public static async Task<Outcome<int>> AddAsync(
        PortalDbContext db, long batchId, IReadOnlyCollection<long> roomIds, CancellationToken cancellationToken)
    {
        var ids = roomIds.ToArray();
        var added = await db.Database.ExecuteSqlAsync($"""
            INSERT INTO portal.batch_rooms (batch_id, room_id, is_open)
            SELECT {batchId}, wanted.id, true FROM unnest({ids}) AS wanted (id) ORDER BY wanted.id
            ON CONFLICT DO NOTHING
            """, cancellationToken);
        if (added == ids.Length)
            return added;

        var taken = await db.Database.SqlQuery<TakenRoom>($"""
            SELECT coalesce(rp.legacy_name, rp.new_name, r.guid::text) AS room, b.name AS batch
            FROM portal.batch_rooms br
            JOIN portal.batches b ON b.id = br.batch_id
            JOIN portal.rooms r ON r.id = br.room_id
            JOIN portal.pool_pairs p ON p.id = r.pool_pair_id
            LEFT JOIN portal.room_pairs rp ON rp.scan_id = p.current_scan_id AND rp.room_id = r.id
            WHERE br.is_open AND br.batch_id <> {batchId} AND br.room_id = ANY ({ids})
            ORDER BY rp.category, rp.legacy_name, r.id
            """).ToListAsync(cancellationToken);
        return taken.Count == 0
            ? added
            : new Refusal("room-in-batch", RefusalKind.Conflict, taken.Count, Names(taken.ConvertAll(x => new Wording("Taken", x.Room, x.Batch))));
    }

    private static Wording Names<T>(List<T> all) =>
        all.Count > Named ? new("List.AndMore", all.Count - Named, all.Take(Named)) : new("List.All", all);

    private sealed record UnfitRoom(string Name, RoomFit Why, string? By, string? Reason)
    {
        public Wording ToWording() => new(Why == RoomFit.Excluded && Reason is not null ? "Unfit.ExcludedWhy" : $"Unfit.{Why}", Name, By, Reason);
    }

    private sealed record TakenRoom(string Room, string Batch);
}
