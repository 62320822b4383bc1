using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches.Editing.Merging;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Batches.Editing;

/// <summary>New names of a batch's rooms: an event for each, and three statements for all of them.</summary>
/// <param name="names">By room; null or blank lets the planner name it.</param>
internal sealed class RenamedRooms(IReadOnlyDictionary<long, string?> names) : EditTogether<long>(names.Keys)
{
    public static IEnumerable<EditPart> Parts(IReadOnlyDictionary<long, string?> names) => new RenamedRooms(names).Parts(BatchEventKinds.RoomRenamed);

    protected override Outcome<FieldValue> FieldOf(long key)
    {
        var name = BatchText.NameOrRule(names[key], "Text.RoomName");
        return name.Refusal is { } unfit ? unfit : new FieldValue(BatchFields.NewName(key), name.Value);
    }

    protected override async Task<Refusal?> EditAsync(PortalDbContext db, Batch batch, CancellationToken cancellationToken)
    {
        var ids = names.Keys.ToArray();
        var held = await db.Set<BatchRoom>().Where(x => x.BatchId == batch.Id && ids.Contains(x.RoomId)).ToDictionaryAsync(x => x.RoomId, x => x.NewName, cancellationToken);
        var changed = new Dictionary<long, string?>();
        foreach (var (room, given) in names)
        {
            var chosen = BatchText.NameOrRule(given, "Text.RoomName");
            if (!chosen.IsDone)
                return chosen.Refusal;
            if (!held.TryGetValue(room, out var before))
                return new Refusal("unknown-rooms.batch", RefusalKind.Invalid, batch.Name, $"{room}");
            if (before != chosen.Value)
                changed[room] = chosen.Value;
        }

        var (rooms, chosenNames) = (changed.Keys.ToArray(), changed.Values.ToArray());
        await db.Database.ExecuteSqlAsync($"""
            UPDATE portal.batch_rooms x SET new_name = given.name FROM unnest({rooms}, {chosenNames}) AS given (room_id, name)
            WHERE x.batch_id = {batch.Id} AND x.room_id = given.room_id
            """, cancellationToken);
        var legacy = await RoomNames.EachAsync(db, batch.PoolPairId, rooms, cancellationToken);
        foreach (var (room, chosen) in changed)
        {
            var named = legacy.GetValueOrDefault(room) ?? new("List.All", Array.Empty<string>());
            Note(room, new EditNote(
                chosen is null ? new("Detail.NamedByRule", named) : new("Detail.Named", named, chosen),
                new Dictionary<string, string?> { ["room"] = $"{room}", ["before"] = held[room], ["after"] = chosen })
            {
                Changes = [new(BatchFields.NewName(room), held[room], chosen)],
            });
        }

        return null;
    }
}
