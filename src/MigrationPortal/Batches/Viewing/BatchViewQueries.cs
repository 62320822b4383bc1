using MigrationPortal.Administration;
using MigrationPortal.Api;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Reviews;
using MigrationPortal.SignIn;

namespace MigrationPortal.Batches.Viewing;

/// <summary>Puts together what the page of a batch shows.</summary>
internal sealed class BatchViewQueries(
    BatchQueries batches,
    PoolPairQueries pairs,
    ReviewQueries reviews,
    PlanQueries plans,
    PlanDifference difference,
    TimelineQueries timeline,
    PlanBatchHandler planning)
{
    /// <param name="computes">Whether a stale plan is computed, which may take seconds; else it is shown as it is.</param>
    public async Task<BatchView?> FindAsync(long batchId, Caller caller, bool computes, CancellationToken cancellationToken)
    {
        var plan = computes ? await planning.HandleAsync(new PlanBatch(batchId), cancellationToken) : default;
        if (await batches.FindAsync(batchId, cancellationToken) is not { } batch || await pairs.FindAsync(batch.PoolPairId, cancellationToken) is not { } pair)
            return null;
        var head = plan.Value ?? await plans.FindHeadAsync(batchId, cancellationToken);
        var review = await reviews.FindLatestAsync(batchId, cancellationToken);
        var findings = await plans.FindingsAsync(batchId, new Paging(0, Paging.MaxTake), cancellationToken);
        return new BatchView
        {
            Batch = batch,
            Pair = pair,
            Caller = caller,
            Review = review,
            OwnWork = review is { State: ReviewState.Open } ? await reviews.DisabledReasonAsync(batchId, caller, cancellationToken) : null,
            Decisions = await reviews.DecisionsAsync(batchId, cancellationToken),
            Plan = head,
            PlanProblem = plan.Refusal?.Message,
            ItemCount = head is null ? 0 : (await plans.ItemsAsync(head.Id, new PlanFilter(), new Paging(0, 1), cancellationToken)).Total,
            Change = await difference.FindAsync(batchId, cancellationToken),
            Findings = [.. findings.Items.GroupBy(x => (x.Severity, x.RuleId)).Select(x => new FindingGroup(x.Key.RuleId, x.Key.Severity, [.. x]))],
            FindingCount = findings.Total,
            Comments = (await timeline.CommentsAsync(batchId, new Paging(0, Paging.MaxTake), cancellationToken)).Items,
        };
    }
}
