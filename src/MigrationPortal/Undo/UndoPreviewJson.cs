using MigrationPortal.Api;
using MigrationPortal.Engine.Undo;

namespace MigrationPortal.Undo;

/// <param name="Messages">Of a room.</param>
/// <param name="People">With a right in the room.</param>
/// <param name="Files">Deleted files that the room's messages link to; one that several rooms link to counts with each.</param>
/// <param name="NeededBy">Name of the batch that something is kept for; null where no batch wrote what needs it.</param>
internal sealed record UndoLineJson(string What, string Subject, long Messages, int People, int Files, long FileBytes, string? NeededBy)
{
    public static UndoLineJson Of(UndoLine x) => new(x.What, x.Subject, x.Messages, x.People, x.Files, x.FileBytes, x.NeededBy);
}

/// <summary>What an undo deletes and keeps.</summary>
/// <param name="ReadAt">When the new pool was read.</param>
/// <param name="IsStored">As it was kept when the undo was requested; else read at this moment.</param>
/// <param name="Obstacles">Why the undo is not possible; empty when it is.</param>
/// <param name="Rooms">At most the first 1 000; <c>/undo-list</c> pages through what was kept.</param>
/// <param name="Kept">At most the first 1 000.</param>
internal sealed record UndoPreviewJson(
    string Fingerprint, DateTimeOffset ReadAt, bool IsStored, IReadOnlyList<UndoSum> Sums, IReadOnlyList<UndoObstacle> Obstacles,
    long RoomCount, IReadOnlyList<UndoLineJson> Rooms, long KeptCount, IReadOnlyList<UndoLineJson> Kept)
{
    private static readonly Paging First = new(0, Paging.MaxTake);

    public static UndoPreviewJson Of(FreshUndoList read) => new(
        read.Preview.Fingerprint, read.At, IsStored: false, read.List.Sums, read.Preview.Obstacles,
        read.List.Rooms.Count, [.. read.List.Rooms.Take(First.Take).Select(UndoLineJson.Of)], read.List.Kept.Count, [.. read.List.Kept.Take(First.Take).Select(UndoLineJson.Of)]);

    public static async Task<UndoPreviewJson> OfAsync(UndoRequest undo, UndoQueries queries, CancellationToken cancellationToken)
    {
        var rooms = await queries.LinesAsync(undo.Id, UndoLineKind.Room, First, cancellationToken);
        var kept = await queries.LinesAsync(undo.Id, UndoLineKind.Kept, First, cancellationToken);
        return new(undo.Fingerprint, undo.ReadAt, IsStored: true, undo.Sums, [], rooms.Total, [.. rooms.Items.Select(UndoLineJson.Of)], kept.Total, [.. kept.Items.Select(UndoLineJson.Of)]);
    }
}
