using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Data;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Rooms.Viewing;

/// <summary>The people of crowded rooms as they were worked out before: by the scan, or by a job since options changed or something was written to the room.</summary>
internal sealed class CrowdedRooms(IDbContextFactory<PortalDbContext> contexts, PoolPairQueries pairs)
{
    /// <returns>Null where nothing of this version is kept.</returns>
    public async Task<Page<RoomPerson>?> FindPageAsync(RoomView view, string version, Paging paging, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var room = IdOf(view);
        var (first, last) = (paging.Skip / RoomPeoplePart.Lines, (paging.Skip + Math.Max(paging.Take, 1) - 1) / RoomPeoplePart.Lines);
        var all = db.Set<RoomPeoplePart>().AsNoTracking().Where(x => x.ScanId == view.ScanId && x.RoomId == room && x.Version == version);
        var parts = await all.Where(x => x.Part >= first && x.Part <= last).OrderBy(x => x.Part).ToListAsync(cancellationToken);
        if (parts is [])
            return await all.Where(x => x.Part == 0).Select(x => (int?)x.Total).FirstOrDefaultAsync(cancellationToken) is { } total ? new(total, []) : null;
        var people = parts.SelectMany(x => JsonSerializer.Deserialize<List<RoomPerson>>(x.People, JsonSerializerOptions.Web)!);
        return new(parts[0].Total, [.. people.Skip(paging.Skip - first * RoomPeoplePart.Lines).Take(paging.Take)]);
    }

    /// <summary>Pool pairs in which somebody who opens a crowded room would have to wait until its people are worked out.</summary>
    public async Task<IReadOnlyList<string>> ListStalePairsAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        List<string> stale = [];
        foreach (var pair in await pairs.ListAsync(cancellationToken))
        {
            if (await StaleOf(db, pair).AnyAsync(cancellationToken))
                stale.Add(pair.Id);
        }

        return stale;
    }

    /// <summary>Rooms whose people are kept under other options, or as they were before something was written to the new room.</summary>
    public async Task<IReadOnlyList<long>> ListStaleAsync(string poolPairId, CancellationToken cancellationToken)
    {
        if (await pairs.FindAsync(poolPairId, cancellationToken) is not { } pair)
            return [];
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await StaleOf(db, pair).OrderBy(x => x).ToListAsync(cancellationToken);
    }

    // At most MostLines / Crowd = 200 rooms of a scan are kept.
    private static IQueryable<long> StaleOf(PortalDbContext db, PoolPair pair)
    {
        var unwritten = RoomPeoplePart.VersionOf(pair.Options, written: null);
        return db.Database.SqlQuery<long>($"""
            SELECT part.room_id AS "Value" FROM portal.room_people part
            JOIN portal.room_pairs pair ON pair.scan_id = part.scan_id AND pair.room_id = part.room_id
            LEFT JOIN portal.room_pair_properties x ON x.scan_id = part.scan_id AND x.room_id = part.room_id AND x.new_members IS NOT NULL AND pair.new_node_id IS NOT NULL
            WHERE part.scan_id = {pair.CurrentScanId} AND part.part = 0 AND part.version <> {unwritten} || coalesce(x.xmin::text, '')
            """);
    }

    /// <summary>Keeps the people of a crowded room in place of an older version; of others nothing.</summary>
    public async Task KeepAsync(RoomView view, string version, IReadOnlyList<RoomPerson> people, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var room = IdOf(view);
        var others = db.Set<RoomPeoplePart>().Where(x => x.ScanId == view.ScanId && x.Part == 0 && x.RoomId != room);
        var isKept = people.Count >= RoomPeoplePart.Crowd && await others.SumAsync(x => x.Total, cancellationToken) + people.Count <= RoomPeoplePart.MostLines;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Set<RoomPeoplePart>().Where(x => x.ScanId == view.ScanId && x.RoomId == room).ExecuteDeleteAsync(cancellationToken);
        if (isKept)
            db.AddRange(RoomPeoplePart.Split(view.ScanId, room, version, people));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException failure) when (failure.IsUniqueViolation("pk_room_people"))
        {
            // Another node kept the same room at the same time.
        }
    }

    private static long IdOf(RoomView view) => long.Parse(view.Row.Id, CultureInfo.InvariantCulture);
}
