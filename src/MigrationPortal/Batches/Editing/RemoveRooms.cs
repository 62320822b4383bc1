using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches.Editing.Merging;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Engine;

namespace MigrationPortal.Batches.Editing;

internal sealed record RemoveRooms(long BatchId, IReadOnlyCollection<long> RoomIds, int? Version = null)
{
    /// <inheritdoc cref="BatchEdit.ExpectedRound"/>
    public SeenRound? ExpectedRound { get; init; }

    /// <inheritdoc cref="BatchEdit.BaseVersion"/>
    public int? BaseVersion { get; init; }
}

internal sealed class RemoveRoomsHandler(BatchEdits edits)
{
    public Task<Outcome<BatchEdited>> HandleAsync(RemoveRooms request, Caller caller, CancellationToken cancellationToken) =>
        edits.ApplyAsync(new BatchEdit(request.BatchId, request.Version, caller, Part(request.RoomIds)) { ExpectedRound = request.ExpectedRound, BaseVersion = request.BaseVersion }, cancellationToken);

    public static EditPart Part(IReadOnlyCollection<long> roomIds) => new(BatchEventKinds.RoomsRemoved, async (db, batch, token) =>
    {
        var wanted = roomIds.Distinct().ToArray();
        var held = await db.Set<BatchRoom>().Where(x => x.BatchId == batch.Id && wanted.Contains(x.RoomId)).Select(x => new { x.RoomId, x.NewName }).ToListAsync(token);
        long[] rooms = [.. held.Select(x => x.RoomId)];
        if (rooms.Length < wanted.Length)
            return new Refusal("unknown-rooms.batch", RefusalKind.Invalid, batch.Name, $"{wanted.Except(rooms).First()}");
        if (rooms.Length == 0)
            return EditNote.Nothing;
        var names = await RoomNames.ListAsync(db, batch.PoolPairId, rooms, token);
        await db.Set<BatchRoom>().Where(x => x.BatchId == batch.Id && rooms.Contains(x.RoomId)).ExecuteDeleteAsync(token);
        if (!await db.Set<BatchRoom>().AnyAsync(x => x.BatchId == batch.Id, token))
            return new Refusal("no-rooms.left", RefusalKind.Invalid, batch.Name);
        var unnamed = held.Where(x => x.NewName is not null).Select(x => new FieldChange(BatchFields.NewName(x.RoomId), x.NewName, New: null));
        return new EditNote(new("Detail.RoomsRemoved", names))
        {
            Changes = [.. rooms.Select(x => new FieldChange(BatchFields.Member(x), BatchFields.Yes, BatchFields.No)), .. unnamed],
        };
    })
    {
        MergeAsync = (merge, _) => Task.FromResult<Outcome<EditLeft>>(new EditLeft(roomIds.Where(x => Goes(merge, x)).ToList() is { Count: > 0 } left ? Part(left) : null)),
    };

    // A new name that another person gave the room since would go with it.
    private static bool Goes(EditMerge merge, long room)
    {
        if (!merge.Sets(BatchFields.Member(room), BatchFields.No))
            return false;
        if (merge.Since.Find(BatchFields.NewName(room)) is { Theirs: not null } named)
            merge.Refuse(named, yours: null);
        return true;
    }
}
