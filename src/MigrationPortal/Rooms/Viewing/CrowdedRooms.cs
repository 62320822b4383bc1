using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Data;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Rooms.Viewing;

/// <summary>The people of crowded rooms as they were worked out before: by the scan, or by a job since something was written to the room.</summary>
internal sealed class CrowdedRooms(IDbContextFactory<PortalDbContext> contexts, PoolPairQueries pairs)
{
    /// <returns>Null where nothing is kept that these options give.</returns>
    public async Task<Page<RoomPerson>?> FindPageAsync(RoomView view, PeopleKey key, Paging paging, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var room = IdOf(view);
        var all = db.Set<RoomPeoplePart>().AsNoTracking().Where(x => x.ScanId == view.ScanId && x.RoomId == room);
        var heads = await all.Where(x => x.Part == 0).Select(x => new { x.Version, x.Planned, x.Total }).ToListAsync(cancellationToken);
        var head = heads.Find(x => PeopleVersion.Holds(x.Version, key.Options, key.Written));
        var isAsPlanned = false;
        if (head is null && key.Written is not null
            && heads.Find(x => x.Planned is not null && PeopleVersion.Holds(x.Version, key.Options, written: null)) is { } before
            && before.Planned == await WrittenRightsAsync(db, view.ScanId, room, cancellationToken))
            (head, isAsPlanned) = (before, true);
        if (head is null)
            return null;
        var (first, last) = (paging.Skip / RoomPeoplePart.Lines, (paging.Skip + Math.Max(paging.Take, 1) - 1) / RoomPeoplePart.Lines);
        var parts = await all.Where(x => x.Version == head.Version && x.Part >= first && x.Part <= last).OrderBy(x => x.Part).Select(x => x.People).ToListAsync(cancellationToken);
        var people = parts.SelectMany(x => JsonSerializer.Deserialize<List<RoomPerson>>(x, JsonSerializerOptions.Web)!).Skip(paging.Skip - first * RoomPeoplePart.Lines).Take(paging.Take);
        return new(head.Total, [.. isAsPlanned ? people.Select(x => x with { New = x.Planned }) : people]);
    }

    // A transfer mostly writes what was planned: then the list says already who has which right, and who gains or loses.
    private static Task<string?> WrittenRightsAsync(PortalDbContext db, long scanId, long roomId, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<string?>($"""
            SELECT encode(sha256(convert_to(new_members::text || new_managers::text || new_presenters::text, 'UTF8')), 'hex') AS "Value"
            FROM portal.room_pair_properties WHERE scan_id = {scanId} AND room_id = {roomId}
            """).SingleOrDefaultAsync(cancellationToken);

    /// <summary>Pool pairs in which somebody who opens a crowded room would have to wait until its people are worked out.</summary>
    public async Task<IReadOnlyList<string>> ListStalePairsAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        List<string> stale = [];
        foreach (var pair in await pairs.ListAsync(cancellationToken))
        {
            if ((await StaleAsync(db, pair, cancellationToken)).Count > 0)
                stale.Add(pair.Id);
        }

        return stale;
    }

    /// <summary>Rooms of whose people no list is kept that these options give, or only as they were before something was written to the new room.</summary>
    public async Task<IReadOnlyList<long>> ListStaleAsync(string poolPairId, CancellationToken cancellationToken)
    {
        if (await pairs.FindAsync(poolPairId, cancellationToken) is not { } pair)
            return [];
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await StaleAsync(db, pair, cancellationToken);
    }

    // At most MostLines / Crowd = 200 rooms of a scan are kept, with a few lists each.
    private static async Task<IReadOnlyList<long>> StaleAsync(PortalDbContext db, PoolPair pair, CancellationToken cancellationToken)
    {
        var kept = await db.Database.SqlQuery<KeptList>($"""
            SELECT part.room_id AS "RoomId", part.version AS "Version", x.xmin::text AS "Written" FROM portal.room_people part
            JOIN portal.room_pairs pair ON pair.scan_id = part.scan_id AND pair.room_id = part.room_id
            LEFT JOIN portal.room_pair_properties x ON x.scan_id = part.scan_id AND x.room_id = part.room_id AND x.new_members IS NOT NULL AND pair.new_node_id IS NOT NULL
            WHERE part.scan_id = {pair.CurrentScanId} AND part.part = 0
            """).ToListAsync(cancellationToken);
        return [.. kept.GroupBy(x => x.RoomId).Where(room => !room.Any(x => PeopleVersion.Holds(x.Version, pair.Options, x.Written))).Select(x => x.Key).Order()];
    }

    /// <summary>Keeps the people of a crowded room in place of what was kept of it; of others nothing.</summary>
    /// <param name="lists">Most wanted first: the others are kept as far as there is room for them.</param>
    public async Task KeepAsync(RoomView view, IEnumerable<PeopleList> lists, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var room = IdOf(view);
        var own = db.Set<RoomPeoplePart>().Where(x => x.ScanId == view.ScanId && x.RoomId == room);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await own.ExecuteDeleteAsync(cancellationToken);
        var lines = await db.Set<RoomPeoplePart>().Where(x => x.ScanId == view.ScanId && x.Part == 0).SumAsync(x => x.Total, cancellationToken);
        var isCrowded = false;
        try
        {
            foreach (var list in lists.Where(x => lines + x.People.Count <= RoomPeoplePart.MostLines))
            {
                lines += list.People.Count;
                isCrowded |= list.People.Count >= RoomPeoplePart.Crowd;
                db.AddRange(RoomPeoplePart.Split(view.ScanId, room, list));
                await db.SaveChangesAsync(cancellationToken);
                // Megabytes each.
                db.ChangeTracker.Clear();
            }

            if (!isCrowded)
                await own.ExecuteDeleteAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException failure) when (failure.IsUniqueViolation("pk_room_people"))
        {
            // Another node kept the same room at the same time.
        }
    }

    private static long IdOf(RoomView view) => long.Parse(view.Row.Id, CultureInfo.InvariantCulture);

    private sealed record KeptList(long RoomId, string Version, string? Written);
}
