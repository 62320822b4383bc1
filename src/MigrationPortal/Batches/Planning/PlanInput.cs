using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Batches.Planning;

/// <summary>A kept plan without its document.</summary>
internal sealed record PlanHead(
    long Id, long ScanId, int BatchVersion, string Fingerprint, DateTimeOffset ComputedAt, long MessageCount, IReadOnlyList<PlanTotal> Totals, PlanOptions Options);

/// <param name="Fresh">The kept plan when it still holds: same version, scan and options, or a batch that is past planning.</param>
internal sealed record PlanInput(Batch Batch, long ScanId, PlanOptions Options, PlanHead? Fresh)
{
    public static async Task<Outcome<PlanInput>> ReadAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken)
    {
        var batch = await db.Set<Batch>().AsNoTracking().FirstOrDefaultAsync(x => x.Id == batchId, cancellationToken);
        if (batch is null)
            return BatchRefusals.NotFound(batchId);
        var pair = (await PoolPairQueries.FindAsync(db, batch.PoolPairId, cancellationToken))!;
        var options = batch.Options ?? pair.Options;
        var kept = await db.Set<BatchPlan>().AsNoTracking()
            .Where(x => x.BatchId == batchId)
            .OrderByDescending(x => x.Id)
            .Select(x => new PlanHead(x.Id, x.ScanId, x.BatchVersion, x.Fingerprint, x.ComputedAt, x.MessageCount, x.Totals, x.Options))
            .FirstOrDefaultAsync(cancellationToken);
        if (!batch.State.IsEditable())
            return kept is null ? new Refusal("plan-missing", RefusalKind.Conflict, batch.Name) : new PlanInput(batch, kept.ScanId, kept.Options, kept);
        if (pair.CurrentScanId is not { } scan)
            return new Refusal("not-scanned", RefusalKind.Conflict, pair.Name);
        var isFresh = kept is not null && kept.ScanId == scan && kept.BatchVersion == batch.Version && kept.Options == options;
        return new PlanInput(batch, scan, options, isFresh ? kept : null);
    }
}
