namespace MigrationPortal.Batches;

/// <summary>Which states allow what; the same lists stand in the Where of the compare-and-set.</summary>
internal static class BatchStates
{
    /// <summary>Nothing was written yet: rooms, names and options may change, and the plan follows each scan.</summary>
    public static readonly BatchState[] Editable = [BatchState.Draft, BatchState.InReview, BatchState.Approved, BatchState.Scheduled];

    /// <summary>A finding is acknowledged before the plan is approved.</summary>
    public static readonly BatchState[] Acknowledgeable = [BatchState.Draft, BatchState.InReview];

    public static bool IsEditable(this BatchState state) => Editable.Contains(state);

    /// <summary>Its rooms are in the new pool, and nothing was decided about them since.</summary>
    public static bool IsCompleted(this BatchState state) => state is BatchState.Completed or BatchState.CompletedWithFindings;

    /// <summary>An undo takes its rooms, or has taken them.</summary>
    public static bool IsUndone(this BatchState state) => state is BatchState.Undoing or BatchState.Undone;

    public static string Words(this BatchState state) => state switch
    {
        BatchState.InReview => "in review",
        BatchState.CutOver => "cut over",
        BatchState.CompletedWithFindings => "completed with findings",
        _ => state.ToString().ToLowerInvariant(),
    };
}
