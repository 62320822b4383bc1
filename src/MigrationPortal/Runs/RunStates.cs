namespace MigrationPortal.Runs;

internal static class RunStates
{
    /// <summary>Somebody works on it, or should.</summary>
    public static readonly RunState[] Moving = [RunState.Running, RunState.Stopping];

    /// <summary>Nothing is left to copy.</summary>
    public static readonly RunState[] Over = [RunState.Completed, RunState.CompletedWithFindings];

    public static bool IsFinal(this RunState state) =>
        state is RunState.Cancelled or RunState.Completed or RunState.CompletedWithFindings or RunState.Failed;

    public static bool IsActive(this TransferState state) =>
        state is TransferState.Preparing or TransferState.Copying or TransferState.Verifying or TransferState.OutcomeUnknown;

    /// <summary>Its messages are read or written right now. All rooms of a run are prepared at once, before the first of them moves.</summary>
    public static bool IsMoving(this TransferState state) =>
        state is TransferState.Copying or TransferState.Verifying or TransferState.OutcomeUnknown;

    public static bool IsDone(this TransferState state) =>
        state is TransferState.Done or TransferState.DoneWithFindings or TransferState.Skipped;

    /// <summary>The run verified it, or left it as it was. An undo takes the room, not what the run did.</summary>
    public static bool WasDone(this TransferState state, bool isVerified) => state.IsDone() || (state == TransferState.Undone && isVerified);
}
