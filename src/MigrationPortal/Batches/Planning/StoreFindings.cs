using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Batches.Planning;

/// <summary>
/// Replaces a batch's findings. One that was there before (same rule, subject and room) keeps its id, and its acknowledgement unless it says
/// something else now: in a draft it must be acknowledged again, later it is marked.
/// </summary>
internal static class StoreFindings
{
    public static async Task ReplaceAsync(
        PortalDbContext db, long batchId, BatchState state, IReadOnlyList<Finding> findings, IReadOnlyDictionary<Guid, long> roomIds, CancellationToken cancellationToken)
    {
        var before = (await db.Set<BatchFinding>().AsNoTracking().Where(x => x.BatchId == batchId).ToListAsync(cancellationToken))
            .GroupBy(x => (x.RuleId, x.Subject, x.RoomId))
            .ToDictionary(x => x.Key, x => new Queue<BatchFinding>(x));
        var now = findings.Select(x => (Finding: x, RoomId: RoomId(x, roomIds))).ToList();
        var twins = now.Select(x => before.GetValueOrDefault((x.Finding.RuleId, x.Finding.Subject, x.RoomId)) is { Count: > 0 } queue ? queue.Dequeue() : null).ToList();
        var fresh = new Queue<long>(await NewIdsAsync(db, twins.Count(x => x is null), cancellationToken));
        await db.Set<BatchFinding>().Where(x => x.BatchId == batchId).ExecuteDeleteAsync(cancellationToken);
        await PlanCopy.FindingsAsync(
            db, now.Zip(twins, (x, twin) => Row(batchId, state, x.Finding, x.RoomId, twin, twin?.Id ?? fresh.Dequeue())), cancellationToken);
    }

    private static BatchFinding Row(long batchId, BatchState state, Finding finding, long? roomId, BatchFinding? twin, long id)
    {
        var isOther = twin is { AcknowledgedBy: not null } && (twin.AcknowledgedStale || !SaidAgain.Is(twin.Message, finding.Wording) || !SaidAgain.Is(twin.Evidence, finding.Evidence));
        return Row(batchId, finding, roomId, isOther && state == BatchState.Draft ? null : twin, id, isOther);
    }

    private static BatchFinding Row(long batchId, Finding finding, long? roomId, BatchFinding? twin, long id, bool isOther) => new()
    {
        Id = id,
        BatchId = batchId,
        RuleId = finding.RuleId,
        Severity = finding.Severity,
        RoomId = roomId,
        Subject = finding.Subject,
        Message = finding.Wording,
        Evidence = finding.Evidence,
        AcknowledgedBy = twin?.AcknowledgedBy,
        AcknowledgedAt = twin?.AcknowledgedAt,
        AcknowledgedReason = twin?.AcknowledgedReason,
        AcknowledgedHow = twin?.AcknowledgedHow,
        AcknowledgedRows = twin?.AcknowledgedRows,
        AcknowledgedSeed = twin?.AcknowledgedSeed,
        AcknowledgedHash = twin?.AcknowledgedHash,
        AcknowledgedStale = twin is not null && (twin.AcknowledgedStale || isOther),
    };

    public static long? RoomId(Finding finding, IReadOnlyDictionary<Guid, long> roomIds) =>
        finding.Room is { } guid && roomIds.TryGetValue(guid, out var id) ? id : null;

    private static Task<List<long>> NewIdsAsync(PortalDbContext db, int count, CancellationToken cancellationToken) => db.Database.SqlQuery<long>(
        $"""SELECT nextval(pg_get_serial_sequence('portal.batch_findings', 'id')) AS "Value" FROM generate_series(1, {count})""").ToListAsync(cancellationToken);
}
