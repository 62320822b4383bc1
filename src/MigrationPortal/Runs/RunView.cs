using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Engine.Verification;

namespace MigrationPortal.Runs;

/// <param name="Number">Which run of its batch this is, from 1.</param>
public sealed record RunView(
    long Id,
    int Number,
    long BatchId,
    string BatchName,
    string PoolPairId,
    RunState State,
    string StartedBy,
    DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt,
    string Fingerprint,
    IReadOnlyList<string> Confirmations,
    Wording? Error,
    Wording? Note,
    string? Node,
    int? MessagesPerSecond,
    RunKind Kind,
    long Revision)
{
    /// <summary>Null while it is not paused.</summary>
    public PauseCause? PauseCause { get; init; }

    /// <summary>Until when what is being copied may finish, its window having ended.</summary>
    public DateTimeOffset? ClosesAt { get; init; }
}

/// <summary>One room of a run as pages, the hub and the API show it.</summary>
public sealed record TransferLine(
    long Id,
    long RoomId,
    int Ordinal,
    string RoomName,
    TransferState State,
    long CopiedMessageCount,
    long TotalMessageCount,
    long VerifiedMessageCount,
    long CopiedByteCount,
    long CopiedFileCount,
    long TotalFileCount,
    long CopiedFileByteCount,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    Wording? Error,
    Grade? Grade,
    long FindingCount,
    long Revision)
{
    /// <summary>Names of the properties that differ, with commas: two lines with the same ones are equal.</summary>
    public string Differences { get; init; } = "";

    internal IEnumerable<string> ListDifferences() => Differences.Split(',', StringSplitOptions.RemoveEmptyEntries);

    internal static TransferLine Of(RoomTransfer transfer) => new(
        transfer.Id,
        transfer.RoomId,
        transfer.Ordinal,
        transfer.RoomName,
        transfer.State,
        transfer.CopiedMessageCount,
        transfer.TotalMessageCount,
        transfer.VerifiedMessageCount,
        transfer.CopiedByteCount,
        transfer.CopiedFileCount,
        transfer.TotalFileCount,
        transfer.CopiedFileByteCount,
        transfer.StartedAt,
        transfer.FinishedAt,
        transfer.Error,
        transfer.Grade,
        transfer.FindingCount,
        transfer.Revision)
    {
        Differences = string.Join(',', transfer.Differences),
    };
}

public sealed record RunTotals(
    long CopiedMessageCount, long VerifiedMessageCount, long TotalMessageCount, long CopiedByteCount, int Rooms, int Proven, int Moving, int Waiting, int Failed)
{
    public long CopiedFileCount { get; init; }

    public long TotalFileCount { get; init; }

    public long CopiedFileByteCount { get; init; }

    /// <summary>Among the proven: left as they were, because people use them in the new pool already.</summary>
    public int Skipped { get; init; }

    /// <summary>Deleted since by an undo of the batch, which takes every room of it; those that the run verified are among the proven.</summary>
    public int Undone { get; init; }

    public static RunTotals None { get; } = new(0, 0, 0, 0, 0, 0, 0, 0, 0);

    public static RunTotals Of(IEnumerable<TransferLine> lines) => lines.Aggregate(None, (totals, line) => totals.Plus(line, 1));

    /// <summary>With one room's line exchanged: what a change costs does not depend on how many rooms there are.</summary>
    public RunTotals Exchange(TransferLine? before, TransferLine after) => (before is null ? this : Plus(before, -1)).Plus(after, 1);

    private RunTotals Plus(TransferLine line, int times) => new(
        CopiedMessageCount + (times * line.CopiedMessageCount),
        VerifiedMessageCount + (times * line.VerifiedMessageCount),
        TotalMessageCount + (times * line.TotalMessageCount),
        CopiedByteCount + (times * line.CopiedByteCount),
        Rooms + times,
        Proven + (line.State.WasDone(line.Grade is not null) ? times : 0),
        Moving + (line.State.IsMoving() ? times : 0),
        Waiting + (line.State is TransferState.Pending or TransferState.Preparing ? times : 0),
        Failed + (line.State == TransferState.Failed ? times : 0))
    {
        CopiedFileCount = CopiedFileCount + (times * line.CopiedFileCount),
        TotalFileCount = TotalFileCount + (times * line.TotalFileCount),
        CopiedFileByteCount = CopiedFileByteCount + (times * line.CopiedFileByteCount),
        Skipped = Skipped + (line.State == TransferState.Skipped ? times : 0),
        Undone = Undone + (line.State == TransferState.Undone ? times : 0),
    };
}
