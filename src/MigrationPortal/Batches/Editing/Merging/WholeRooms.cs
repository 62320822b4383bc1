using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Batches.Editing.Merging;

/// <summary>All rooms that a batch shall hold. The list does not say which of them somebody meant, so that it conflicts with any other change of rooms.</summary>
internal static class WholeRooms
{
    // Added before removed, so that exchanging all rooms does not pass through an empty batch.
    public static IReadOnlyList<EditPart> Parts(IReadOnlyCollection<long> wanted) =>
    [
        new(BatchEventKinds.RoomsAdded, async (db, batch, token) =>
            wanted.Except(await HeldAsync(db, batch, token)).ToList() is { Count: > 0 } added ? await AddRoomsHandler.Part(added).ApplyAsync(db, batch, token) : EditNote.Nothing)
        {
            MergeAsync = (merge, _) => Task.FromResult(Check(merge, wanted)),
        },
        Removing(wanted),
    ];

    private static EditPart Removing(IReadOnlyCollection<long> wanted) => new(BatchEventKinds.RoomsRemoved, async (db, batch, token) =>
        (await HeldAsync(db, batch, token)).Except(wanted).ToList() is { Count: > 0 } removed ? await RemoveRoomsHandler.Part(removed).ApplyAsync(db, batch, token) : EditNote.Nothing);

    private static Outcome<EditLeft> Check(EditMerge merge, IReadOnlyCollection<long> wanted)
    {
        var moved = merge.Since.All.Where(x => BatchFields.IsMember(x.Field)).OrderBy(x => x.Field, StringComparer.Ordinal).ToList();
        if (moved.Count > 0)
            merge.Refuse(moved[^1] with { Field = BatchFields.RoomIds, Base = null, Theirs = string.Join(' ', moved.Select(x => $"{(x.Theirs == BatchFields.Yes ? '+' : '-')}{BatchFields.RoomOf(x.Field)}")) }, yours: null);
        return new EditLeft(Parts(wanted)[0]);
    }

    private static async Task<IReadOnlyList<long>> HeldAsync(PortalDbContext db, Batch batch, CancellationToken cancellationToken) =>
        await db.Set<BatchRoom>().Where(x => x.BatchId == batch.Id).Select(x => x.RoomId).ToListAsync(cancellationToken);
}
