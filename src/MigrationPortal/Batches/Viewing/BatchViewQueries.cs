using MigrationPortal.Batches.Planning;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Batches.Viewing;

/// <summary>Puts together what the page of a batch shows. What is the same for every reader is read once for all pages that hear of a change together.</summary>
internal sealed class BatchViewQueries(
    BatchQueries batches,
    PoolPairQueries pairs,
    IEnumerable<IBatchViewPart> parts,
    PlanQueries plans,
    FindingQueries findings,
    PlanDifference difference,
    PlanBatchHandler planning,
    LiveFeed feed,
    TimeProvider time)
{
    // Pages that were told of one change ask while the first of them reads; whoever comes later reads anew, what nobody announced as well.
    private readonly SharedReading<BatchView?> _shared = new(() => feed.Version, TimeSpan.Zero, time);

    /// <param name="computes">Whether a stale plan is computed, which may take seconds; else it is shown as it is.</param>
    public async Task<BatchView?> FindAsync(long batchId, Caller caller, bool computes, CancellationToken cancellationToken)
    {
        var plan = computes ? await planning.HandleAsync(new PlanBatch(batchId), cancellationToken) : default;
        // Whoever waited for a plan is not shown what was read before there was one.
        var view = await _shared.ReadAsync($"{batchId} {computes} {plan.Value?.Id}", () => ReadAsync(batchId, computes, plan.Value), cancellationToken);
        if (view is null)
            return null;
        var known = new List<object>();
        foreach (var part in parts)
            known.Add(await part.ReadAsync(batchId, caller, cancellationToken));
        return view with { Caller = caller, Parts = known, PlanProblem = plan.Refusal?.Message };
    }

    /// <summary>Without the caller's part of it.</summary>
    private async Task<BatchView?> ReadAsync(long batchId, bool computed, PlanHead? plan)
    {
        var fresh = plan ?? (computed ? null : await planning.FindFreshAsync(batchId, CancellationToken.None));
        if (await batches.FindAsync(batchId, CancellationToken.None) is not { } batch || await pairs.FindAsync(batch.PoolPairId, CancellationToken.None) is not { } pair)
            return null;
        var head = fresh ?? await plans.FindHeadAsync(batchId, CancellationToken.None);
        var change = await difference.FindAsync(batchId, CancellationToken.None);
        return new BatchView
        {
            Batch = batch,
            Pair = pair,
            Caller = Caller.Portal,
            Parts = [],
            Plan = head,
            IsPlanFresh = fresh is not null,
            ItemCount = head is null ? 0 : await plans.CountAsync(head.Id, CancellationToken.None),
            Change = change,
            Approved = await difference.FindApprovedAsync(batchId, batch.ApprovedFingerprint, CancellationToken.None),
            Findings = await findings.GroupsAsync(batchId, change?.PlanId, CancellationToken.None),
        };
    }
}
