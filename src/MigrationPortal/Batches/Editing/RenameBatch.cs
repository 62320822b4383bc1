using Microsoft.EntityFrameworkCore;
using MigrationPortal.Engine;

namespace MigrationPortal.Batches.Editing;

internal sealed record RenameBatch(long BatchId, string? Name, int? Version = null);

internal sealed class RenameBatchHandler(BatchEdits edits)
{
    public Task<Outcome<BatchEdited>> HandleAsync(RenameBatch request, Caller caller, CancellationToken cancellationToken) =>
        edits.ApplyAsync(new BatchEdit(request.BatchId, request.Version, caller, Part(request.Name)), cancellationToken);

    public static EditPart Part(string? newName) => new(BatchEventKinds.Renamed, async (db, batch, token) =>
    {
        var name = BatchText.Name(newName, "Text.BatchName");
        if (!name.IsDone)
            return name.Refusal;
        if (name.Value == batch.Name)
            return EditNote.Nothing;
        if (await BatchNames.TakenAsync(db, batch.PoolPairId, name.Value, batch.Id, token) is { } taken)
            return taken;
        await db.Set<Batch>().Where(x => x.Id == batch.Id).ExecuteUpdateAsync(set => set.SetProperty(x => x.Name, name.Value), token);
        return new EditNote(new("Detail.Renamed", batch.Name, name.Value), new Dictionary<string, string?> { ["before"] = batch.Name, ["after"] = name.Value });
    });
}
