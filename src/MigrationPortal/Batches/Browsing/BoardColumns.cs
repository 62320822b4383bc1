namespace MigrationPortal.Batches.Browsing;

/// <param name="Name">Resource key, as <c>Group.X</c>.</param>
internal sealed record BoardColumn(string Name, IReadOnlyList<BatchState> States);

/// <summary>What stands together on the board, in the order of a batch's way.</summary>
internal static class BoardColumns
{
    public static readonly IReadOnlyList<BoardColumn> All =
    [
        new("Draft", [BatchState.Draft]),
        new("InReview", [BatchState.InReview]),
        new("Approved", [BatchState.Approved, BatchState.Scheduled]),
        new("Running", [BatchState.Running, BatchState.Stopping, BatchState.Undoing]),
        new("Attention", [BatchState.Failed, BatchState.Paused]),
        new("Completed", [BatchState.Completed, BatchState.CompletedWithFindings]),
        new("Closed", [BatchState.CutOver, BatchState.Undone, BatchState.Cancelled]),
    ];
}
