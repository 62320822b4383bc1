using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Engine;

namespace MigrationPortal.Batches.Editing;

internal sealed record RemoveRooms(long BatchId, IReadOnlyCollection<long> RoomIds, int? Version = null)
{
    /// <inheritdoc cref="BatchEdit.ExpectedRound"/>
    public long? ExpectedRound { get; init; }
}

internal sealed class RemoveRoomsHandler(BatchEdits edits)
{
    public Task<Outcome<BatchEdited>> HandleAsync(RemoveRooms request, Caller caller, CancellationToken cancellationToken) =>
        edits.ApplyAsync(new BatchEdit(request.BatchId, request.Version, caller, Part(request.RoomIds)) { ExpectedRound = request.ExpectedRound }, cancellationToken);

    public static EditPart Part(IReadOnlyCollection<long> roomIds) => new(BatchEventKinds.RoomsRemoved, async (db, batch, token) =>
    {
        var wanted = roomIds.Distinct().ToArray();
        var rooms = await db.Set<BatchRoom>().Where(x => x.BatchId == batch.Id && wanted.Contains(x.RoomId)).Select(x => x.RoomId).ToArrayAsync(token);
        if (rooms.Length < wanted.Length)
            return new Refusal("unknown-rooms.batch", RefusalKind.Invalid, batch.Name, $"{wanted.Except(rooms).First()}");
        if (rooms.Length == 0)
            return EditNote.Nothing;
        var names = await RoomNames.ListAsync(db, batch.PoolPairId, rooms, token);
        await db.Set<BatchRoom>().Where(x => x.BatchId == batch.Id && rooms.Contains(x.RoomId)).ExecuteDeleteAsync(token);
        if (!await db.Set<BatchRoom>().AnyAsync(x => x.BatchId == batch.Id, token))
            return new Refusal("no-rooms.left", RefusalKind.Invalid, batch.Name);
        return new EditNote(new("Detail.RoomsRemoved", names));
    });
}
