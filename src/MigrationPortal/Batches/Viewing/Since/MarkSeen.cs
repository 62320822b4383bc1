using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Data;

namespace MigrationPortal.Batches.Viewing.Since;

/// <summary>Remembers what of a batch a person had on the screen, for them alone; each look replaces the one before.</summary>
internal sealed class MarkSeenHandler(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    public async Task HandleAsync(long batchId, SincePoint shown, Caller reader, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow();
        // A tab that was left open does not bring an older look back; a batch that is gone has none.
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO portal.batch_seen (batch_id, person, fingerprint, version, event_id, at)
            SELECT id, {reader.Name}, {shown.Fingerprint}, {shown.Version}, {shown.EventId}, {now} FROM portal.batches WHERE id = {batchId}
            ON CONFLICT (batch_id, person) DO UPDATE SET fingerprint = excluded.fingerprint, version = excluded.version, event_id = excluded.event_id, at = excluded.at
            WHERE batch_seen.version <= excluded.version AND batch_seen.event_id <= excluded.event_id
            """, cancellationToken);
    }
}

/// <summary>Plans that somebody looked at last stay, so that what changed since can be told; for some weeks, since whoever comes back later reads all of it.</summary>
internal sealed class PlansThatWereSeen(TimeProvider clock) : IPlanUse
{
    private static readonly TimeSpan _longest = TimeSpan.FromDays(60);

    public async Task<IReadOnlyList<long>> ListAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken)
    {
        var oldest = clock.GetUtcNow() - _longest;
        return await db.Set<BatchPlan>()
            .Where(plan => plan.BatchId == batchId && db.Set<BatchSeen>().Any(x => x.BatchId == batchId && x.Fingerprint == plan.Fingerprint && x.At > oldest))
            .GroupBy(plan => plan.Fingerprint).Select(same => same.Max(x => x.Id)).ToListAsync(cancellationToken);
    }
}
