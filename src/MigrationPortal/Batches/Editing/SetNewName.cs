using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Engine;

namespace MigrationPortal.Batches.Editing;

/// <param name="NewName">What the room is called in the new pool; null or blank lets the planner name it.</param>
internal sealed record SetNewName(long BatchId, long RoomId, string? NewName, int? Version = null);

internal sealed class SetNewNameHandler(BatchEdits edits)
{
    public Task<Outcome<BatchEdited>> HandleAsync(SetNewName request, Caller caller, CancellationToken cancellationToken) =>
        edits.ApplyAsync(new BatchEdit(request.BatchId, request.Version, caller, Part(request.RoomId, request.NewName)), cancellationToken);

    public static EditPart Part(long roomId, string? newName) => new(BatchEventKinds.RoomRenamed, async (db, batch, token) =>
    {
        string? chosen = null;
        if (!string.IsNullOrWhiteSpace(newName))
        {
            var name = BatchText.Name(newName, "Text.RoomName");
            if (!name.IsDone)
                return name.Refusal;
            chosen = name.Value;
        }

        var room = await db.Set<BatchRoom>().AsNoTracking().FirstOrDefaultAsync(x => x.BatchId == batch.Id && x.RoomId == roomId, token);
        if (room is null)
            return new Refusal("unknown-rooms.batch", RefusalKind.Invalid, batch.Name, $"{roomId}");
        if (room.NewName == chosen)
            return EditNote.Nothing;
        await db.Set<BatchRoom>()
            .Where(x => x.BatchId == batch.Id && x.RoomId == room.RoomId)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.NewName, chosen), token);
        var legacy = await RoomNames.ListAsync(db, batch.PoolPairId, [room.RoomId], token);
        return new EditNote(
            chosen is null ? new("Detail.NamedByRule", legacy) : new("Detail.Named", legacy, chosen),
            new Dictionary<string, string?> { ["room"] = $"{room.RoomId}", ["before"] = room.NewName, ["after"] = chosen });
    });
}
