using MigrationPortal.Batches.Planning;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Batches.Viewing;

/// <summary>Puts together what the page of a batch shows.</summary>
internal sealed class BatchViewQueries(
    BatchQueries batches,
    PoolPairQueries pairs,
    IEnumerable<IBatchViewPart> parts,
    PlanQueries plans,
    FindingQueries findings,
    PlanDifference difference,
    PlanBatchHandler planning)
{
    /// <param name="computes">Whether a stale plan is computed, which may take seconds; else it is shown as it is.</param>
    public async Task<BatchView?> FindAsync(long batchId, Caller caller, bool computes, CancellationToken cancellationToken)
    {
        var plan = computes ? await planning.HandleAsync(new PlanBatch(batchId), cancellationToken) : default;
        var fresh = plan.Value ?? (computes ? null : await planning.FindFreshAsync(batchId, cancellationToken));
        if (await batches.FindAsync(batchId, cancellationToken) is not { } batch || await pairs.FindAsync(batch.PoolPairId, cancellationToken) is not { } pair)
            return null;
        var head = fresh ?? await plans.FindHeadAsync(batchId, cancellationToken);
        var known = new List<object>();
        foreach (var part in parts)
            known.Add(await part.ReadAsync(batchId, caller, cancellationToken));
        var change = await difference.FindAsync(batchId, cancellationToken);
        return new BatchView
        {
            Batch = batch,
            Pair = pair,
            Caller = caller,
            Parts = known,
            Plan = head,
            IsPlanFresh = fresh is not null,
            PlanProblem = plan.Refusal?.Message,
            ItemCount = head is null ? 0 : await plans.CountAsync(head.Id, cancellationToken),
            Change = change,
            Approved = await difference.FindApprovedAsync(batchId, batch.ApprovedFingerprint, cancellationToken),
            Findings = await findings.GroupsAsync(batchId, change?.PlanId, cancellationToken),
        };
    }
}
