using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Batches.Planning;

/// <summary>Replaces a batch's findings. One that was there before (same rule, subject and room) keeps its id and its acknowledgement.</summary>
internal static class StoreFindings
{
    public static async Task ReplaceAsync(
        PortalDbContext db, long batchId, IReadOnlyList<Finding> findings, IReadOnlyDictionary<Guid, long> roomIds, CancellationToken cancellationToken)
    {
        var before = (await db.Set<BatchFinding>().AsNoTracking().Where(x => x.BatchId == batchId).ToListAsync(cancellationToken))
            .GroupBy(x => (x.RuleId, x.Subject, x.RoomId))
            .ToDictionary(x => x.Key, x => new Queue<BatchFinding>(x));
        var now = findings.Select(x => (Finding: x, RoomId: RoomId(x, roomIds))).ToList();
        var twins = now.Select(x => before.GetValueOrDefault((x.Finding.RuleId, x.Finding.Subject, x.RoomId)) is { Count: > 0 } queue ? queue.Dequeue() : null).ToList();
        var fresh = new Queue<long>(await NewIdsAsync(db, twins.Count(x => x is null), cancellationToken));
        await db.Set<BatchFinding>().Where(x => x.BatchId == batchId).ExecuteDeleteAsync(cancellationToken);
        await PlanCopy.FindingsAsync(
            db, now.Zip(twins, (x, twin) => Row(batchId, x.Finding, x.RoomId, twin, twin?.Id ?? fresh.Dequeue())), cancellationToken);
    }

    private static BatchFinding Row(long batchId, Finding finding, long? roomId, BatchFinding? twin, long id) => new()
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
    };

    private static long? RoomId(Finding finding, IReadOnlyDictionary<Guid, long> roomIds) =>
        finding.Room is { } guid && roomIds.TryGetValue(guid, out var id) ? id : null;

    private static Task<List<long>> NewIdsAsync(PortalDbContext db, int count, CancellationToken cancellationToken) => db.Database.SqlQuery<long>(
        $"""SELECT nextval(pg_get_serial_sequence('portal.batch_findings', 'id')) AS "Value" FROM generate_series(1, {count})""").ToListAsync(cancellationToken);
}
