using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Batches.Planning;

/// <summary>How many findings of one rule came and went between two plans.</summary>
public sealed record ChangedFindings(string RuleId, Severity Severity, int New, int Gone);

/// <summary>
/// Findings that one plan has and the other does not, by rule, room and subject, as acknowledgements are kept and marks of new findings are set: another
/// severity alone makes none new. Compared and counted in SQL, one line for each rule.
/// </summary>
internal static class PlanFindingsBetween
{
    /// <returns>Blockers first, then by rule; nothing where the findings of either plan are not kept.</returns>
    public static async Task<IReadOnlyList<ChangedFindings>> ReadAsync(PortalDbContext db, long before, long after, CancellationToken cancellationToken) =>
        (await db.Database.SqlQuery<Row>($"""
            WITH kept AS (SELECT count(*) = 2 AS both_are FROM portal.batch_plans WHERE id IN ({before}, {after}) AND has_findings),
            found AS (
                SELECT plan_id, rule_id, room_id, subject, array_position(ARRAY['Blocker', 'Warning', 'Info'], severity::text) AS rank
                FROM portal.plan_findings WHERE plan_id IN ({before}, {after}) AND (SELECT both_are FROM kept)),
            counted AS (
                SELECT rule_id, coalesce(min(rank) FILTER (WHERE plan_id = {after}), min(rank)) AS rank,
                    count(*) FILTER (WHERE plan_id = {after}) - count(*) FILTER (WHERE plan_id = {before}) AS more
                FROM found GROUP BY rule_id, room_id, subject)
            SELECT rule_id AS "RuleId", (ARRAY['Blocker', 'Warning', 'Info'])[rank] AS "Severity", sum(greatest(more, 0))::int AS "New", sum(greatest(-more, 0))::int AS "Gone"
            FROM counted WHERE more <> 0
            GROUP BY rule_id, rank
            ORDER BY counted.rank, rule_id
            """).ToListAsync(cancellationToken)).ConvertAll(x => new ChangedFindings(x.RuleId, Enum.Parse<Severity>(x.Severity), x.New, x.Gone));

    private sealed record Row(string RuleId, string Severity, int New, int Gone);
}
