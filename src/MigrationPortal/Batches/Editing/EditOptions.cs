using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches.Editing.Merging;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Batches.Editing;

/// <param name="Options">The batch's own; null goes back to those of the pool pair.</param>
internal sealed record EditOptions(long BatchId, PlanOptions? Options, int? Version = null)
{
    /// <inheritdoc cref="BatchEdit.ExpectedRound"/>
    public SeenRound? ExpectedRound { get; init; }

    /// <inheritdoc cref="BatchEdit.BaseVersion"/>
    public int? BaseVersion { get; init; }

    /// <summary>The options that were changed from; null takes those of <see cref="BaseVersion"/>.</summary>
    public PlanOptions? Seen { get; init; }
}

internal sealed class EditOptionsHandler(BatchEdits edits)
{
    public Task<Outcome<BatchEdited>> HandleAsync(EditOptions request, Caller caller, CancellationToken cancellationToken) =>
        edits.ApplyAsync(new BatchEdit(request.BatchId, request.Version, caller, Part(request.Options, request.Seen)) { ExpectedRound = request.ExpectedRound, BaseVersion = request.BaseVersion }, cancellationToken);

    public static EditPart Part(PlanOptions? options, PlanOptions? seen = null) => new(BatchEventKinds.OptionsChanged, async (db, batch, token) =>
    {
        if (options is not null && PlanOptionFields.Check(options) is { } refusal)
            return refusal;
        var pairs = (await PoolPairQueries.FindAsync(db, batch.PoolPairId, token))!.Options;
        var changes = OptionDifference.Between(batch.Options ?? pairs, options ?? pairs);
        if (changes.Count == 0 && options is null == batch.Options is null)
            return EditNote.Nothing;
        await db.Set<Batch>().Where(x => x.Id == batch.Id).ExecuteUpdateAsync(set => set.SetProperty(x => x.Options, options), token);
        var detail = changes.Count > 0 ? new Wording("List.All", changes.Select(x => x.ToWording())) : new Wording(options is null ? "Detail.OptionsOfPair" : "Detail.OwnOptions");
        return new EditNote(detail) { Changes = OptionEdits.Changes(batch.Options, options, pairs) };
    })
    {
        MergeAsync = (merge, token) => OptionEdits.MergeAsync(merge, options, seen, token),
    };
}
