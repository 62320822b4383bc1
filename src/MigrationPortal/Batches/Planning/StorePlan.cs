using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Data;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Batches.Planning;

/// <summary>
/// Keeps a computed plan, its lines and its findings in one transaction, if the batch is still the one it was computed for. A plan
/// that differs from the one people read takes the batch back to Draft and voids what they said about it.
/// </summary>
internal sealed class StorePlan(IDbContextFactory<PortalDbContext> databases, BatchEdits edits, BatchTimeline timeline, IEnumerable<IPlanUse> uses, TimeProvider clock)
{
    private const int Newest = 2;

    /// <summary>Null when the batch changed in the meantime.</summary>
    public async Task<PlanHead?> HandleAsync(PlanInput input, PlanResult result, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var batch = input.Batch;
        var fingerprint = result.Plan.Fingerprint;
        var isVoid = batch.State != BatchState.Draft && fingerprint != batch.Fingerprint;
        var state = isVoid ? BatchState.Draft : batch.State;
        var taken = await db.Set<Batch>()
            .Where(x => x.Id == batch.Id && x.Version == batch.Version && x.State == batch.State)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.Fingerprint, fingerprint).SetProperty(x => x.State, state), cancellationToken);
        var scan = await PoolPairQueries.CurrentScanOf(db, batch.PoolPairId).SingleAsync(cancellationToken);
        if (taken == 0 || scan != input.ScanId)
            return null;

        var head = await WriteAsync(db, input, result, cancellationToken);
        if (isVoid)
        {
            var step = new TimelineEntry(Caller.Portal, BatchEventKinds.PlanChanged, batch.State, state, new("Detail.SourceChanged"));
            var voided = await edits.VoidAsync(db, batch, Caller.Portal, new("Detail.PlanNotRead"), cancellationToken);
            await timeline.RecordAsync(db, batch, [step, .. voided], cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        timeline.Announce(batch);
        return head;
    }

    private async Task<PlanHead> WriteAsync(PortalDbContext db, PlanInput input, PlanResult result, CancellationToken cancellationToken)
    {
        var batchId = input.Batch.Id;
        var plan = new BatchPlan
        {
            BatchId = batchId,
            BatchVersion = input.Batch.Version,
            ScanId = input.ScanId,
            Fingerprint = result.Plan.Fingerprint,
            ComputedAt = clock.GetUtcNow(),
            MessageCount = result.Plan.Rooms.Sum(x => x.Messages.Count),
            Totals = [],
            Options = input.Options,
            Document = PlanDocument.Write(result.Plan),
            HasFindings = true,
        };
        db.Add(plan);
        await db.SaveChangesAsync(cancellationToken);

        var roomIds = await BatchReads.RoomIdsAsync(db, batchId, cancellationToken);
        var totals = new PlanTotals();
        await PlanCopy.ItemsAsync(db, totals.Watch(new PlanLines(result.Plan, roomIds).Read(plan.Id)), cancellationToken);
        await PlanCopy.RightChangesAsync(db, plan.Id, result.Plan.RightChanges, cancellationToken);
        await PlanCopy.PlanFindingsAsync(db, plan.Id, result.Findings, roomIds, cancellationToken);
        var sums = totals.Read(plan.MessageCount, result.Plan.Categories.Where(x => x.Action == PlannedAction.Create).Sum(x => (long)x.Scope.Count));
        await db.Set<BatchPlan>().Where(x => x.Id == plan.Id).ExecuteUpdateAsync(set => set.SetProperty(x => x.Totals, sums), cancellationToken);
        await StoreFindings.ReplaceAsync(db, batchId, input.Batch.State, result.Findings, roomIds, cancellationToken);
        await PruneAsync(db, batchId, cancellationToken);
        return new PlanHead(plan.Id, plan.ScanId, plan.BatchVersion, plan.Fingerprint, plan.ComputedAt, plan.MessageCount, sums, plan.Options);
    }

    /// <summary>Kept are the newest, and those that were reviewed or ran.</summary>
    private async Task PruneAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken)
    {
        var kept = await db.Set<BatchPlan>().Where(x => x.BatchId == batchId).OrderByDescending(x => x.Id).Take(Newest).Select(x => x.Id).ToListAsync(cancellationToken);
        foreach (var use in uses)
            kept.AddRange(await use.ListAsync(db, batchId, cancellationToken));
        await db.Set<BatchPlan>().Where(x => x.BatchId == batchId && !kept.Contains(x.Id)).ExecuteDeleteAsync(cancellationToken);
    }
}
