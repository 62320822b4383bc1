using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches.Editing.Merging;
using MigrationPortal.Engine;

namespace MigrationPortal.Batches.Editing;

internal sealed record RenameBatch(long BatchId, string? Name, int? Version = null)
{
    /// <inheritdoc cref="BatchEdit.BaseVersion"/>
    public int? BaseVersion { get; init; }
}

internal sealed class RenameBatchHandler(BatchEdits edits)
{
    public Task<Outcome<BatchEdited>> HandleAsync(RenameBatch request, Caller caller, CancellationToken cancellationToken) =>
        edits.ApplyAsync(new BatchEdit(request.BatchId, request.Version, caller, Part(request.Name)) { BaseVersion = request.BaseVersion }, cancellationToken);

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
        return new EditNote(new("Detail.Renamed", batch.Name, name.Value), new Dictionary<string, string?> { ["before"] = batch.Name, ["after"] = name.Value })
        {
            Changes = [new(BatchFields.Name, batch.Name, name.Value)],
        };
    })
    {
        MergeAsync = (merge, _) => Task.FromResult(Merge(merge, newName)),
    };

    private static Outcome<EditLeft> Merge(EditMerge merge, string? newName)
    {
        var name = BatchText.Name(newName, "Text.BatchName");
        return !name.IsDone ? name.Refusal : new EditLeft(merge.Sets(BatchFields.Name, name.Value) ? Part(newName) : null);
    }
}
