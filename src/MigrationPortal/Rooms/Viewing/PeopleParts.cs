using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Data;

namespace MigrationPortal.Rooms.Viewing;

/// <summary>The people of crowded rooms as they were worked out before: by the scan, by the transfer that wrote to the room, or by a job since.</summary>
internal static class PeopleParts
{
    /// <returns>Null where nothing is kept that these options give.</returns>
    public static async Task<Page<RoomPerson>?> FindPageAsync(PortalDbContext db, ScannedRoom room, PeopleKey key, Paging paging, CancellationToken cancellationToken)
    {
        var heads = await HeadsAsync(db, room, cancellationToken);
        if (heads.Find(x => PeopleVersion.Holds(x.Version, key.Options, key.Written)) is not { } head)
            return null;
        var (first, last) = (paging.Skip / RoomPeoplePart.Lines, (paging.Skip + Math.Max(paging.Take, 1) - 1) / RoomPeoplePart.Lines);
        var parts = await Of(db, room).Where(x => x.Version == head.Version && x.Part >= first && x.Part <= last).OrderBy(x => x.Part).Select(x => x.People).ToListAsync(cancellationToken);
        // Marked or made again since its head was read.
        if (parts.Count == 0 && paging.Skip < head.Total)
            return null;
        var people = parts.SelectMany(x => JsonSerializer.Deserialize<List<RoomPerson>>(x, JsonSerializerOptions.Web)!).Skip(paging.Skip - first * RoomPeoplePart.Lines).Take(paging.Take);
        return new(head.Total, [.. PeopleVersion.IsAsPlanned(head.Version) ? people.Select(x => x with { New = x.Planned }) : people]);
    }

    public static Task<bool> AnyAsync(PortalDbContext db, ScannedRoom room, CancellationToken cancellationToken) => Of(db, room).AnyAsync(cancellationToken);

    /// <summary>Says of the lists of a room that what was written to it is what they say as planned, as a transfer mostly leaves it. Part of a transaction.</summary>
    /// <returns>False where none is what these options give; then they are to be made again.</returns>
    public static async Task<bool> TryMarkAsPlannedAsync(PortalDbContext db, ScannedRoom room, PeopleKey key, CancellationToken cancellationToken)
    {
        var heads = await HeadsAsync(db, room, cancellationToken);
        if (heads.Exists(x => PeopleVersion.Holds(x.Version, key.Options, key.Written)))
            return true;
        if (key.Written is null || heads.Find(x => x.Planned is not null && PeopleVersion.IsOf(x.Version, key.Options)) is not { } head || head.Planned != await WrittenRightsAsync(db, room, cancellationToken))
            return false;
        var version = PeopleVersion.Written(head.Version, key.Written);
        await Of(db, room).Where(x => x.Version == head.Version).ExecuteUpdateAsync(set => set.SetProperty(x => x.Version, version), cancellationToken);
        return true;
    }

    /// <summary>Keeps the people of a crowded room in place of what was kept of it; of others nothing. Part of a transaction.</summary>
    /// <param name="lists">Most wanted first: the others are kept as far as there is room for them.</param>
    public static async Task KeepAsync(PortalDbContext db, ScannedRoom room, IEnumerable<PeopleList> lists, CancellationToken cancellationToken)
    {
        await Of(db, room).ExecuteDeleteAsync(cancellationToken);
        var lines = await db.Set<RoomPeoplePart>().Where(x => x.ScanId == room.ScanId && x.Part == 0).SumAsync(x => x.Total, cancellationToken);
        var isCrowded = false;
        List<RoomPeoplePart> parts = [];
        try
        {
            foreach (var list in lists.Where(x => lines + x.People.Count <= RoomPeoplePart.MostLines))
            {
                lines += list.People.Count;
                isCrowded |= list.People.Count >= RoomPeoplePart.Crowd;
                parts = [.. RoomPeoplePart.Split(room.ScanId, room.RoomId, list)];
                db.AddRange(parts);
                await db.SaveChangesAsync(cancellationToken);
                // Megabytes each.
                parts.ForEach(x => db.Entry(x).State = EntityState.Detached);
            }

            if (!isCrowded)
                await Of(db, room).ExecuteDeleteAsync(cancellationToken);
        }
        catch (DbUpdateException failure) when (failure.IsUniqueViolation("pk_room_people"))
        {
            // Another node kept the same room at the same time. The transaction goes on as it was before that statement.
        }
        finally
        {
            parts.ForEach(x => db.Entry(x).State = EntityState.Detached);
        }
    }

    private static Task<List<Head>> HeadsAsync(PortalDbContext db, ScannedRoom room, CancellationToken cancellationToken) =>
        Of(db, room).Where(x => x.Part == 0).Select(x => new Head(x.Version, x.Planned, x.Total)).ToListAsync(cancellationToken);

    // As PeopleVersion.RightsOf names what was planned.
    private static Task<string?> WrittenRightsAsync(PortalDbContext db, ScannedRoom room, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<string?>($"""
            SELECT encode(sha256(convert_to(new_members::text || new_managers::text || new_presenters::text, 'UTF8')), 'hex') AS "Value"
            FROM portal.room_pair_properties WHERE scan_id = {room.ScanId} AND room_id = {room.RoomId}
            """).SingleOrDefaultAsync(cancellationToken);

    private static IQueryable<RoomPeoplePart> Of(PortalDbContext db, ScannedRoom room) =>
        db.Set<RoomPeoplePart>().AsNoTracking().Where(x => x.ScanId == room.ScanId && x.RoomId == room.RoomId);

    private sealed record Head(string Version, string? Planned, int Total);
}
