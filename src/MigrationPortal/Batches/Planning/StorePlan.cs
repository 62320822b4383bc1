using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Batches.Planning;

/// <summary>
/// Keeps a computed plan, its lines and its findings in one transaction, if the batch is still the one it was computed for. A plan
/// that differs from the one people read takes the batch back to Draft and voids what they said about it.
/// </summary>
internal sealed class StorePlan(IDbContextFactory<PortalDbContext> databases, BatchEdits edits, BatchTimeline timeline, IEnumerable<IPlanUse> uses, IAccountNames names, TimeProvider clock)
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
        // Options that changed while it was computed are planned by whoever looks next, and told by the name of who changed them.
        if (batch.Options is null && await PoolPairQueries.HoldOptionsAsync(db, batch.PoolPairId, cancellationToken) != input.Options)
            return null;

        var editors = fingerprint == batch.Fingerprint ? [] : await EditorsAsync(db, input, cancellationToken);
        var head = await WriteAsync(db, input, result, cancellationToken);
        // The first takes the batch back; the others took part.
        IReadOnlyList<TimelineEntry> steps = [.. editors.Select((by, i) => new TimelineEntry(by, BatchEventKinds.PairOptionsChanged, i == 0 ? batch.State : state, state, BatchEventKinds.ByPairOptions))];
        if (isVoid)
        {
            var (by, because) = editors is [var first, ..] ? (first, BatchEventKinds.ByPairOptions) : (Caller.Portal, new Wording("Detail.PlanNotRead"));
            if (steps.Count == 0)
                steps = [new TimelineEntry(Caller.Portal, BatchEventKinds.PlanChanged, batch.State, state, new("Detail.SourceChanged"))];
            steps = [.. steps, .. await edits.VoidAsync(db, batch, by, because, cancellationToken)];
        }

        if (steps.Count > 0)
            await timeline.RecordAsync(db, batch, steps, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        timeline.Announce(batch);
        return head;
    }

    // Whoever changed options that the batch follows wrote part of its plan.
    private async Task<IReadOnlyList<Caller>> EditorsAsync(PortalDbContext db, PlanInput input, CancellationToken cancellationToken)
    {
        if (input.Batch.Options is not null)
            return [];
        var before = await db.Set<BatchPlan>().Where(x => x.BatchId == input.Batch.Id && x.Fingerprint == input.Batch.Fingerprint)
            .OrderByDescending(x => x.Id).Select(x => new { x.Options, x.ComputedAt }).FirstOrDefaultAsync(cancellationToken);
        if (before is null || before.Options == input.Options)
            return [];
        var editors = new List<Caller>();
        foreach (var account in await PoolPairQueries.OptionEditorsAsync(db, input.Batch.PoolPairId, before.ComputedAt, cancellationToken))
            editors.Add(new Caller(account, await names.FindAsync(account, cancellationToken), new HashSet<Role>()));
        return editors;
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
