using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Data;

namespace MigrationPortal.Rooms.Viewing;

/// <summary>The people of crowded rooms as they were worked out before: by the scan, or by whoever opened the room since something was written to it.</summary>
internal sealed class CrowdedRooms(IDbContextFactory<PortalDbContext> contexts)
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

    /// <summary>Keeps the people of a crowded room in place of an older version; of others nothing.</summary>
    public async Task KeepAsync(RoomView view, string version, IReadOnlyList<RoomPerson> people, CancellationToken cancellationToken)
    {
        if (people.Count < RoomPeoplePart.Crowd)
            return;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var room = IdOf(view);
        var others = db.Set<RoomPeoplePart>().Where(x => x.ScanId == view.ScanId && x.Part == 0 && x.RoomId != room);
        if (await others.SumAsync(x => x.Total, cancellationToken) + people.Count > RoomPeoplePart.MostLines)
            return;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Set<RoomPeoplePart>().Where(x => x.ScanId == view.ScanId && x.RoomId == room).ExecuteDeleteAsync(cancellationToken);
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
