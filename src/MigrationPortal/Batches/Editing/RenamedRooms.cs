using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches.Editing.Merging;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Batches.Editing;

/// <summary>New names of a batch's rooms: an event for each, and three statements for all of them.</summary>
/// <param name="names">By room; null or blank lets the planner name it.</param>
internal sealed class RenamedRooms(IReadOnlyDictionary<long, string?> names) : EditTogether<long>(names, "Text.RoomName")
{
    public static IEnumerable<EditPart> Parts(IReadOnlyDictionary<long, string?> names) => new RenamedRooms(names).Parts(BatchEventKinds.RoomRenamed);

    protected override string FieldOf(long key) => BatchFields.NewName(key);

    protected override async Task<Refusal?> EditAsync(PortalDbContext db, Batch batch, IReadOnlyDictionary<long, string?> chosen, CancellationToken cancellationToken)
    {
        var ids = chosen.Keys.ToArray();
        var held = await db.Set<BatchRoom>().Where(x => x.BatchId == batch.Id && ids.Contains(x.RoomId)).ToDictionaryAsync(x => x.RoomId, x => x.NewName, cancellationToken);
        if (chosen.Keys.Where(x => !held.ContainsKey(x)).Select(x => (long?)x).FirstOrDefault() is { } unknown)
            return new Refusal("unknown-rooms.batch", RefusalKind.Invalid, batch.Name, $"{unknown}");
        var changed = chosen.Where(x => held[x.Key] != x.Value).ToDictionary();
        var (rooms, given) = (changed.Keys.ToArray(), changed.Values.ToArray());
        await db.Database.ExecuteSqlAsync($"""
            UPDATE portal.batch_rooms x SET new_name = given.name FROM unnest({rooms}, {given}) AS given (room_id, name)
            WHERE x.batch_id = {batch.Id} AND x.room_id = given.room_id
            """, cancellationToken);
        var legacy = await RoomNames.EachAsync(db, batch.PoolPairId, rooms, cancellationToken);
        foreach (var (room, name) in changed)
        {
            var named = legacy.GetValueOrDefault(room) ?? new("List.All", Array.Empty<string>());
            Note(room, new EditNote(
                name is null ? new("Detail.NamedByRule", named) : new("Detail.Named", named, name),
                new Dictionary<string, string?> { ["room"] = $"{room}", ["before"] = held[room], ["after"] = name })
            {
                Changes = [new(BatchFields.NewName(room), held[room], name)],
            });
        }

        return null;
    }
}
