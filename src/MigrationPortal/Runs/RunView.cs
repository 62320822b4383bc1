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
    string? Error,
    string? Note,
    string? Node,
    int? MessagesPerSecond,
    RunKind Kind,
    long Revision);

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
    string? Error,
    Grade? Grade,
    long FindingCount,
    long Revision)
{
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
        transfer.Revision);
}

public sealed record RunTotals(
    long CopiedMessageCount, long VerifiedMessageCount, long TotalMessageCount, long CopiedByteCount, int Rooms, int Proven, int Moving, int Waiting, int Failed)
{
    public long CopiedFileCount { get; init; }

    public long TotalFileCount { get; init; }

    public long CopiedFileByteCount { get; init; }

    public static RunTotals Of(IEnumerable<TransferLine> lines)
    {
        var (copied, verified, total, bytes) = (0L, 0L, 0L, 0L);
        var (files, allFiles, fileBytes) = (0L, 0L, 0L);
        var (rooms, proven, moving, waiting, failed) = (0, 0, 0, 0, 0);
        foreach (var line in lines)
        {
            copied += line.CopiedMessageCount;
            verified += line.VerifiedMessageCount;
            total += line.TotalMessageCount;
            bytes += line.CopiedByteCount;
            (files, allFiles, fileBytes) = (files + line.CopiedFileCount, allFiles + line.TotalFileCount, fileBytes + line.CopiedFileByteCount);
            rooms++;
            proven += line.State.IsDone() ? 1 : 0;
            moving += line.State.IsActive() ? 1 : 0;
            waiting += line.State == TransferState.Pending ? 1 : 0;
            failed += line.State == TransferState.Failed ? 1 : 0;
        }

        return new(copied, verified, total, bytes, rooms, proven, moving, waiting, failed)
        {
            CopiedFileCount = files,
            TotalFileCount = allFiles,
            CopiedFileByteCount = fileBytes,
        };
    }
}
