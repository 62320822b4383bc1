using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Batches.Viewing;

/// <summary>Findings of a batch by rule: a batch of a whole pool has tens of thousands, of a few dozen rules.</summary>
internal sealed class FindingQueries(IDbContextFactory<PortalDbContext> databases)
{
    public const int SampleSize = 10;

    /// <summary>Of one rule. People and reasons are few; a script may give each finding another reason.</summary>
    public const int MostAcknowledgements = 20;

    /// <summary>Blockers first, then by rule. Keys of sentences say whose name one is about: <c>P03.room</c>, <c>P02.long-category</c>, <c>P04.room-by-category</c>; or why a right is lost: <c>P09.mixed</c>.</summary>
    /// <param name="reviewedPlanId">Findings that this plan did not have are new; null where there is none.</param>
    public async Task<IReadOnlyList<FindingGroup>> GroupsAsync(long batchId, long? reviewedPlanId, CancellationToken cancellationToken)
    {
        var before = reviewedPlanId ?? 0;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await db.Database.SqlQuery<GroupRow>($"""
            SELECT rule_id AS "RuleId", severity AS "Severity", count(*)::int AS "Count",
                (count(*) FILTER (WHERE severity = 'Warning' AND acknowledged_by IS NULL))::int AS "OpenCount",
                count(DISTINCT room_id)::int AS "RoomCount",
                CASE WHEN count(DISTINCT acknowledged_by) = 1 THEN min(acknowledged_by) END AS "AcknowledgedBy",
                CASE WHEN count(DISTINCT acknowledged_reason) = 1 THEN min(acknowledged_reason) END AS "AcknowledgedReason",
                max(acknowledged_at) AS "AcknowledgedAt",
                (count(*) FILTER (WHERE is_new))::int AS "NewCount",
                (count(*) FILTER (WHERE is_new AND severity = 'Warning' AND acknowledged_by IS NULL))::int AS "NewOpenCount",
                (count(*) FILTER (WHERE message->>'key' ~ '\.([a-z]+-)?room$|\.room-by-'))::int AS "RoomNames",
                (count(*) FILTER (WHERE message->>'key' ~ '\.([a-z]+-)?category$|\.category-by-' AND message->>'key' !~ '\.(reused-|room-)'))::int AS "CategoryNames",
                (count(*) FILTER (WHERE message->>'key' IN ('P09.dropped', 'P09.mixed')))::int AS "OutsideScope",
                (count(*) FILTER (WHERE message->>'key' IN ('P09.undecided', 'P09.mixed')))::int AS "UnknownScope"
            FROM (
                SELECT f.*, k.rule_id IS NULL AND EXISTS (SELECT 1 FROM portal.batch_plans p WHERE p.id = {before} AND p.has_findings) AS is_new
                FROM portal.batch_findings f
                LEFT JOIN (SELECT DISTINCT rule_id, coalesce(room_id, 0) AS room_id, subject FROM portal.plan_findings WHERE plan_id = {before}) k
                    ON k.rule_id = f.rule_id AND k.room_id = coalesce(f.room_id, 0) AND k.subject = f.subject
                WHERE f.batch_id = {batchId}) findings
            GROUP BY rule_id, severity
            ORDER BY array_position(ARRAY['Blocker', 'Warning', 'Info'], severity::text), rule_id
            """).ToListAsync(cancellationToken);
        var acknowledged = (await AcknowledgementsAsync(db, batchId, cancellationToken)).ToLookup(x => (x.RuleId, x.Severity));
        return rows.ConvertAll(x => new FindingGroup(
            x.RuleId, Enum.Parse<Severity>(x.Severity), x.Count, x.OpenCount, x.RoomCount, x.AcknowledgedBy, x.AcknowledgedReason, x.AcknowledgedAt)
        {
            Names = (x.RoomNames, x.CategoryNames),
            Scopes = (x.OutsideScope, x.UnknownScope),
            New = (x.NewCount, x.NewOpenCount),
            Acknowledgements = [.. acknowledged[(x.RuleId, x.Severity)].Select(one => one.Read())],
            AcknowledgementCount = acknowledged[(x.RuleId, x.Severity)].FirstOrDefault()?.Total ?? 0,
        });
    }

    // Somebody who drew two samples looked twice: each was drawn and acknowledged at a time of its own.
    private static Task<List<AcknowledgementRow>> AcknowledgementsAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<AcknowledgementRow>($"""
            SELECT rule_id AS "RuleId", severity AS "Severity", acknowledged_by AS "By", acknowledged_reason AS "Reason", acknowledged_how AS "How", at AS "At",
                rows AS "Rows", count AS "Count", stale AS "Stale", total AS "Total"
            FROM (
                SELECT *, row_number() OVER (PARTITION BY rule_id, severity ORDER BY at, acknowledged_by, acknowledged_reason, acknowledged_how) AS place,
                    (count(*) OVER (PARTITION BY rule_id, severity))::int AS total
                FROM (
                    SELECT rule_id, severity, acknowledged_by, acknowledged_reason, acknowledged_how, min(acknowledged_at) AS at, max(acknowledged_rows) AS rows,
                        count(*)::int AS count, (count(*) FILTER (WHERE acknowledged_stale))::int AS stale
                    FROM portal.batch_findings
                    WHERE batch_id = {batchId} AND acknowledged_by IS NOT NULL
                    GROUP BY rule_id, severity, acknowledged_by, acknowledged_reason, acknowledged_how, CASE WHEN acknowledged_how = 'Sample' THEN acknowledged_at END) deeds) numbered
            WHERE place <= {MostAcknowledgements}
            ORDER BY place
            """).ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<BatchFinding>> ListAsync(long batchId, FindingGroup group, Paging paging, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Of(db, batchId, group).OrderBy(x => x.Subject).ThenBy(x => x.Id).Skip(paging.Skip).Take(paging.Take).ToListAsync(cancellationToken);
    }

    /// <summary>Ten of them, the same for the same seed.</summary>
    public async Task<IReadOnlyList<BatchFinding>> SampleAsync(long batchId, FindingGroup group, long seed, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var ids = await Of(db, batchId, group).OrderBy(x => x.Id).Select(x => x.Id).ToListAsync(cancellationToken);
        // Drawn here: the database's random is another one in each version.
        var order = new Random((int)(seed % int.MaxValue));
        var chosen = ids.Select(id => (Id: id, At: order.Next())).OrderBy(x => x.At).Take(SampleSize).Select(x => x.Id).ToArray();
        return await db.Set<BatchFinding>().AsNoTracking().Where(x => chosen.Contains(x.Id)).OrderBy(x => x.Id).ToListAsync(cancellationToken);
    }

    public async Task<long[]> RoomIdsAsync(long batchId, FindingGroup group, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Of(db, batchId, group).Where(x => x.RoomId != null).Select(x => x.RoomId!.Value).Distinct().ToArrayAsync(cancellationToken);
    }

    private static IQueryable<BatchFinding> Of(PortalDbContext db, long batchId, FindingGroup group) =>
        db.Set<BatchFinding>().AsNoTracking().Where(x => x.BatchId == batchId && x.RuleId == group.RuleId && x.Severity == group.Severity);

    private sealed record GroupRow(
        string RuleId, string Severity, int Count, int OpenCount, int RoomCount, string? AcknowledgedBy, string? AcknowledgedReason, DateTimeOffset? AcknowledgedAt,
        int NewCount, int NewOpenCount, int RoomNames, int CategoryNames, int OutsideScope, int UnknownScope);

    /// <param name="Total">How many there are of the rule.</param>
    private sealed record AcknowledgementRow(string RuleId, string Severity, string By, string? Reason, string? How, DateTimeOffset At, int? Rows, int Count, int Stale, int Total)
    {
        public Acknowledgement Read() => new(By, Reason, At, How is null ? null : Enum.Parse<AcknowledgedHow>(How), Rows, Count, Stale);
    }
}
