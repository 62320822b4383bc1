using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Batches.Editing.Merging;

/// <summary>Options are sent whole: what somebody changed of them is what differs from those they saw.</summary>
internal static class OptionEdits
{
    public static IReadOnlyList<FieldChange> Changes(PlanOptions? before, PlanOptions? after, PlanOptions pairs)
    {
        var (old, now) = (OptionsMerge.Texts(before ?? pairs), OptionsMerge.Texts(after ?? pairs));
        var changes = old.Where(x => now[x.Key] != x.Value).Select(x => new FieldChange(BatchFields.Option(x.Key), x.Value, now[x.Key]));
        return before is null == after is null ? [.. changes] : [.. changes, new(BatchFields.FollowsPair, Follows(before), Follows(after))];
    }

    /// <param name="seen">The options as whoever edits saw them; null takes those of the version that was edited.</param>
    public static async Task<Outcome<EditLeft>> MergeAsync(EditMerge merge, PlanOptions? options, PlanOptions? seen, CancellationToken cancellationToken)
    {
        var pairs = (await PoolPairQueries.FindAsync(merge.Db, merge.Batch.PoolPairId, cancellationToken))!.Options;
        if (options is null)
            return Follow(merge, pairs);
        var (now, mine) = (OptionsMerge.Texts(merge.Batch.Options ?? pairs), OptionsMerge.Texts(options));
        var before = seen is not null ? OptionsMerge.Texts(seen) : now.ToDictionary(x => x.Key, x => merge.Since.Find(BatchFields.Option(x.Key)) is { } since ? since.Base! : x.Value);
        if (mine.All(x => before[x.Key] == x.Value))
            return new EditLeft(Part: null);
        // A batch may follow its pair, whose options change beside it: only what was set for the batch is another person's.
        var chosen = OptionsMerge.Of(before, options, merge.Batch.Options ?? pairs, x => merge.Since.Find(BatchFields.Option(x)) is not null);
        foreach (var met in chosen.Met)
            merge.Refuse(merge.Since.Find(BatchFields.Option(met.Name))!, met.Yours);
        if (merge.Since.Find(BatchFields.FollowsPair) is { } follows && follows.Theirs == BatchFields.Yes)
            merge.Refuse(follows, BatchFields.No);
        var merged = PlanOptionFields.Read(chosen.Merged);
        return merged.IsDone ? new EditLeft(EditOptionsHandler.Part(merged.Value)) : merged.Refusal;
    }

    // To take those of the pair replaces all that others set.
    private static EditLeft Follow(EditMerge merge, PlanOptions pairs)
    {
        var usual = OptionsMerge.Texts(pairs);
        foreach (var change in merge.Since.All)
        {
            if (BatchFields.OptionOf(change.Field) is { } option && change.Theirs != usual[option])
                merge.Refuse(change, usual[option]);
        }

        return new(EditOptionsHandler.Part(options: null));
    }

    private static string Follows(PlanOptions? options) => options is null ? BatchFields.Yes : BatchFields.No;
}
