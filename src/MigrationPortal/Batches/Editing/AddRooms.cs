using MigrationPortal.Batches.Viewing;
using MigrationPortal.Engine;

namespace MigrationPortal.Batches.Editing;

internal sealed record AddRooms(long BatchId, IReadOnlyCollection<long> RoomIds, int? Version = null);

internal sealed class AddRoomsHandler(BatchEdits edits)
{
    public Task<Outcome<BatchEdited>> HandleAsync(AddRooms request, Caller caller, CancellationToken cancellationToken) =>
        edits.ApplyAsync(new BatchEdit(request.BatchId, request.Version, caller, Part(request.RoomIds)), cancellationToken);

    public static EditPart Part(IReadOnlyCollection<long> roomIds) => new(BatchEventKinds.RoomsAdded, async (db, batch, token) =>
    {
        var rooms = roomIds.Distinct().Order().ToArray();
        if (rooms.Length == 0)
            return new Refusal("no-rooms");
        if (await RoomChoice.CheckAsync(db, batch.PoolPairId, rooms, token) is { } unfit)
            return unfit;
        var added = await RoomChoice.AddAsync(db, batch.Id, rooms, token);
        if (!added.IsDone)
            return added.Refusal;
        return added.Value == 0 ? EditNote.Nothing : new EditNote(new("Detail.RoomsAdded", await RoomNames.ListAsync(db, batch.PoolPairId, rooms, token)));
    });
}
