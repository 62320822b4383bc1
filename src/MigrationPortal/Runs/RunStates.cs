namespace MigrationPortal.Runs;

internal static class RunStates
{
    /// <summary>Somebody works on it, or should.</summary>
    public static readonly RunState[] Moving = [RunState.Running, RunState.Stopping];

    public static bool IsFinal(this RunState state) =>
        state is RunState.Cancelled or RunState.Completed or RunState.CompletedWithFindings or RunState.Failed;

    public static bool IsActive(this TransferState state) =>
        state is TransferState.Preparing or TransferState.Copying or TransferState.Verifying or TransferState.OutcomeUnknown;

    /// <summary>Beside a run's number; a first run needs no word.</summary>
    public static string Words(this RunKind kind) => kind switch { RunKind.Delta => "delta", RunKind.CutOver => "cut-over", _ => "" };

    public static bool IsDone(this TransferState state) =>
        state is TransferState.Done or TransferState.DoneWithFindings or TransferState.Skipped;
}
