using MigrationPortal.Batches.Viewing;

namespace MigrationPortal.Reviews;

/// <summary>What the page of a batch shows of its reviews.</summary>
/// <param name="Latest">The open one, or the one decided last.</param>
/// <param name="OwnWork">Why the caller may not decide the open review though an approver; null when they may.</param>
/// <param name="Decisions">Newest first.</param>
internal sealed record BatchReview(Review? Latest, string? OwnWork, IReadOnlyList<Decision> Decisions);

internal sealed class ReadBatchReview(ReviewQueries reviews) : IBatchViewPart
{
    public async Task<object> ReadAsync(long batchId, Caller caller, CancellationToken cancellationToken)
    {
        var review = await reviews.FindLatestAsync(batchId, cancellationToken);
        var ownWork = review is { State: ReviewState.Open } ? await reviews.DisabledReasonAsync(batchId, caller, cancellationToken) : null;
        return new BatchReview(review, ownWork, await reviews.DecisionsAsync(batchId, cancellationToken));
    }
}

internal static class BatchReviewOfView
{
    extension(BatchView view)
    {
        public Review? Review => view.Part<BatchReview>()?.Latest;

        public string? OwnWork => view.Part<BatchReview>()?.OwnWork;

        public IReadOnlyList<Decision> Decisions => view.Part<BatchReview>()?.Decisions ?? [];
    }
}
