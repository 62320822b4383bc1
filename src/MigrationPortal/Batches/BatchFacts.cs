using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Batches;

/// <param name="Gaining">People with more rights afterwards.</param>
/// <param name="RootManagers">Warnings of P05.</param>
/// <param name="Federated">Findings of P11.</param>
/// <param name="BulkAcknowledged">Warnings acknowledged all at once.</param>
internal sealed record BatchSums(long Rooms, long ClosedRooms, long SecretRooms, long Messages, long Gaining, long RootManagers, long Federated, long BulkAcknowledged);

/// <summary>What a batch amounts to, for the rules of a review policy: one pass of the database over its newest plan, findings and rooms.</summary>
internal static class BatchFacts
{
    public static Task<BatchSums> SumAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken) => db.Database.SqlQuery<BatchSums>($"""
        WITH plan AS (SELECT p.id, p.message_count FROM portal.batch_plans p WHERE p.batch_id = {batchId} ORDER BY p.id DESC LIMIT 1),
        rooms AS (
            SELECT count(*) AS "Rooms",
                count(*) FILTER (WHERE seen.legacy_privacy = 'Scoped') AS "ClosedRooms",
                count(*) FILTER (WHERE seen.legacy_privacy = 'Private') AS "SecretRooms"
            FROM portal.batch_rooms held
            JOIN portal.batches b ON b.id = held.batch_id
            JOIN portal.pool_pairs pair ON pair.id = b.pool_pair_id
            LEFT JOIN portal.room_pairs seen ON seen.room_id = held.room_id AND seen.scan_id = pair.current_scan_id
            WHERE held.batch_id = {batchId}),
        found AS (
            SELECT count(*) FILTER (WHERE f.rule_id = 'P05') AS "RootManagers",
                count(*) FILTER (WHERE f.rule_id = 'P11') AS "Federated",
                count(*) FILTER (WHERE f.severity = 'Warning' AND f.acknowledged_how = 'Bulk') AS "BulkAcknowledged"
            FROM portal.batch_findings f WHERE f.batch_id = {batchId})
        SELECT rooms.*, coalesce((SELECT message_count FROM plan), 0) AS "Messages",
            (SELECT count(DISTINCT c.principal) FROM portal.plan_right_changes c JOIN plan ON plan.id = c.plan_id WHERE c.after AND NOT c.before) AS "Gaining",
            found.*
        FROM rooms, found
        """).SingleAsync(cancellationToken);

    /// <summary>How many warnings of each rule.</summary>
    public static Task<Dictionary<string, long>> WarningsAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken) =>
        db.Set<BatchFinding>().Where(x => x.BatchId == batchId && x.Severity == Severity.Warning)
            .GroupBy(x => x.RuleId).Select(x => new { x.Key, Count = x.LongCount() }).ToDictionaryAsync(x => x.Key, x => x.Count, cancellationToken);
}
