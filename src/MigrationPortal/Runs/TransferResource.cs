using MigrationPortal.Engine.Verification;

namespace MigrationPortal.Runs;

/// <summary>A room of a run as programs read it; ids as strings.</summary>
internal sealed record TransferResource(
    string Id,
    string RoomId,
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
    IReadOnlyList<string> Differences)
{
    public static TransferResource Of(TransferLine line) => new(
        RunApi.Id(line.Id),
        RunApi.Id(line.RoomId),
        line.RoomName,
        line.State,
        line.CopiedMessageCount,
        line.TotalMessageCount,
        line.VerifiedMessageCount,
        line.CopiedByteCount,
        line.CopiedFileCount,
        line.TotalFileCount,
        line.CopiedFileByteCount,
        line.StartedAt,
        line.FinishedAt,
        line.Error?.ToString(),
        line.Grade,
        line.FindingCount,
        [.. line.ListDifferences()]);
}
