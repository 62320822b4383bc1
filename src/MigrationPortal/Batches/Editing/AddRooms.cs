using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches.Editing.Merging;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Engine;
using MigrationPortal.Rooms.Choosing;

namespace MigrationPortal.Batches.Editing;

internal sealed record AddRooms(long BatchId, IReadOnlyCollection<long> RoomIds, int? Version = null)
{
    /// <summary>Adds the rooms that can be added and counts the others by reason; else all of them or none.</summary>
    public bool OnlyFitting { get; init; }

    /// <inheritdoc cref="BatchEdit.ExpectedRound"/>
    public SeenRound? ExpectedRound { get; init; }

    /// <inheritdoc cref="BatchEdit.BaseVersion"/>
    public int? BaseVersion { get; init; }
}

internal sealed class AddRoomsHandler(BatchEdits edits)
{
    public Task<Outcome<BatchEdited>> HandleAsync(AddRooms request, Caller caller, CancellationToken cancellationToken) =>
        edits.ApplyAsync(new BatchEdit(request.BatchId, request.Version, caller, request.OnlyFitting ? FittingPart(request.RoomIds, caller) : Part(request.RoomIds)) { ExpectedRound = request.ExpectedRound, BaseVersion = request.BaseVersion }, cancellationToken);

    public static EditPart Part(IReadOnlyCollection<long> roomIds) => new(BatchEventKinds.RoomsAdded, async (db, batch, token) =>
    {
        var rooms = roomIds.Distinct().Order().ToArray();
        if (rooms.Length == 0)
            return new Refusal("no-rooms");
        if (await RoomChoice.CheckAsync(db, batch.PoolPairId, rooms, token) is { } unfit)
            return unfit;
        var held = await db.Set<BatchRoom>().Where(x => x.BatchId == batch.Id && rooms.Contains(x.RoomId)).Select(x => x.RoomId).ToListAsync(token);
        var added = await RoomChoice.AddAsync(db, batch.Id, rooms, token);
        if (!added.IsDone)
            return added.Refusal;
        var came = rooms.Except(held).ToArray();
        return added.Value == 0 ? EditNote.Nothing : new EditNote(new("Detail.RoomsAdded", await RoomNames.ListAsync(db, batch.PoolPairId, came, token)))
        {
            Changes = [.. came.Select(x => new FieldChange(BatchFields.Member(x), BatchFields.No, BatchFields.Yes))],
            Added = came,
        };
    })
    {
        MergeAsync = (merge, _) => Task.FromResult<Outcome<EditLeft>>(
            new EditLeft(roomIds.Where(x => merge.Sets(BatchFields.Member(x), BatchFields.Yes)).ToList() is { Count: > 0 } left ? Part(left) : null)),
    };

    /// <summary>Adds what can be added, within the caller's reach.</summary>
    public static EditPart FittingPart(IReadOnlyCollection<long> roomIds, Caller caller) => new(BatchEventKinds.RoomsAdded, async (db, batch, token) =>
    {
        if (roomIds.Count == 0)
            return new Refusal("no-rooms");
        var judged = await JudgeChoice.HandleAsync(db, RoomStep.Add, batch.PoolPairId, roomIds, caller, token);
        var came = await RoomChoice.AddFreeAsync(db, batch.Id, judged.Fitting, token);
        // Another batch took them since they were judged.
        var left = came.Count == judged.Fitting.Length ? judged.Left : LeftRooms.Merge(judged.Left, [new(RoomFit.InBatch, judged.Fitting.Length - came.Count)]);
        return new EditNote(came.Count == 0 ? null : new("Detail.RoomsAdded", await RoomNames.ListAsync(db, batch.PoolPairId, [.. came], token)))
        {
            Changes = [.. came.Select(x => new FieldChange(BatchFields.Member(x), BatchFields.No, BatchFields.Yes))],
            Added = came,
            Left = left,
        };
    })
    {
        MergeAsync = (merge, _) => Task.FromResult<Outcome<EditLeft>>(
            new EditLeft(roomIds.Where(x => merge.Sets(BatchFields.Member(x), BatchFields.Yes)).ToList() is { Count: > 0 } left ? FittingPart(left, caller) : null)),
    };
}
