using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Batches.Viewing;

/// <summary>Findings of a batch by rule: a batch of a whole pool has tens of thousands, of a few dozen rules.</summary>
internal sealed class FindingQueries(IDbContextFactory<PortalDbContext> databases)
{
    public const int SampleSize = 10;

    // People and reasons are few; a script may give each finding another reason.
    private const int MostAcknowledgements = 500;

    /// <summary>Blockers first, then by rule. Keys of sentences say whose name one is about: <c>P03.room</c>, <c>P02.long-category</c>, <c>P04.room-by-category</c>.</summary>
    public async Task<IReadOnlyList<FindingGroup>> GroupsAsync(long batchId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await db.Database.SqlQuery<GroupRow>($"""
            SELECT rule_id AS "RuleId", severity AS "Severity", count(*)::int AS "Count",
                (count(*) FILTER (WHERE severity = 'Warning' AND acknowledged_by IS NULL))::int AS "OpenCount",
                count(DISTINCT room_id)::int AS "RoomCount",
                CASE WHEN count(DISTINCT acknowledged_by) = 1 THEN min(acknowledged_by) END AS "AcknowledgedBy",
                CASE WHEN count(DISTINCT acknowledged_reason) = 1 THEN min(acknowledged_reason) END AS "AcknowledgedReason",
                max(acknowledged_at) AS "AcknowledgedAt",
                (count(*) FILTER (WHERE message->>'key' ~ '\.([a-z]+-)?room$|\.room-by-'))::int AS "RoomNames",
                (count(*) FILTER (WHERE message->>'key' ~ '\.([a-z]+-)?category$|\.category-by-' AND message->>'key' !~ '\.(reused-|room-)'))::int AS "CategoryNames"
            FROM portal.batch_findings
            WHERE batch_id = {batchId}
            GROUP BY rule_id, severity
            ORDER BY array_position(ARRAY['Blocker', 'Warning', 'Info'], severity::text), rule_id
            """).ToListAsync(cancellationToken);
        var acknowledged = (await db.Set<BatchFinding>().AsNoTracking().Where(x => x.BatchId == batchId && x.AcknowledgedBy != null)
            .GroupBy(x => new { x.RuleId, x.Severity, x.AcknowledgedBy, x.AcknowledgedReason, x.AcknowledgedHow })
            .Select(x => new { x.Key, At = x.Min(one => one.AcknowledgedAt), Rows = x.Max(one => one.AcknowledgedRows), Count = x.Count(), Stale = x.Count(one => one.AcknowledgedStale) })
            .OrderBy(x => x.At).ThenBy(x => x.Key.AcknowledgedBy).Take(MostAcknowledgements).ToListAsync(cancellationToken))
            .ToLookup(
                x => (x.Key.RuleId, x.Key.Severity),
                x => new Acknowledgement(x.Key.AcknowledgedBy!, x.Key.AcknowledgedReason, x.At ?? default, x.Key.AcknowledgedHow, x.Rows, x.Count, x.Stale));
        return rows.ConvertAll(x => new FindingGroup(
            x.RuleId, Enum.Parse<Severity>(x.Severity), x.Count, x.OpenCount, x.RoomCount, x.AcknowledgedBy, x.AcknowledgedReason, x.AcknowledgedAt)
        {
            Names = (x.RoomNames, x.CategoryNames),
            Acknowledgements = [.. acknowledged[(x.RuleId, Enum.Parse<Severity>(x.Severity))]],
        });
    }

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

    /// <summary>Findings that still need somebody's name.</summary>
    public async Task<long[]> OpenIdsAsync(long batchId, FindingGroup group, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Of(db, batchId, group).Where(x => x.AcknowledgedBy == null).Select(x => x.Id).ToArrayAsync(cancellationToken);
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
        int RoomNames, int CategoryNames);
}
