using MigrationPortal.Batches.Viewing;
using MigrationPortal.Engine;
using MigrationPortal.Reviews.Judging;

namespace MigrationPortal.Reviews;

/// <summary>What the page of a batch shows of its reviews.</summary>
/// <param name="Latest">The open one, or the one decided last.</param>
/// <param name="OwnWork">Why the caller may not decide the open review though an approver; null when they may.</param>
/// <param name="Decisions">Newest first.</param>
/// <param name="Standing">How far the latest review is, or what submitting a draft would ask for.</param>
internal sealed record BatchReview(Review? Latest, string? OwnWork, IReadOnlyList<Decision> Decisions, StandingView? Standing) : IVoidNotice
{
    public string? Sentence { get; init; }

    public string? Lost { get; init; }

    /// <summary>Why nobody can approve the open review now.</summary>
    public string? Hindrance { get; init; }

    public long Round => Standing is { IsProspect: false, Review.State: ReviewState.Open or ReviewState.Approved } ? Standing.Review.Round : 0;
}

internal sealed class ReadBatchReview(ReviewQueries reviews, DecideRequest requests, StandingQueries standings, StandingText text) : IBatchViewPart
{
    public async Task<object> ReadAsync(long batchId, Caller caller, CancellationToken cancellationToken)
    {
        var review = await reviews.FindLatestAsync(batchId, cancellationToken);
        var ownWork = review is { State: ReviewState.Open } ? await reviews.DisabledReasonAsync(batchId, caller, cancellationToken) : null;
        var standing = await standings.FindAsync(batchId, caller, cancellationToken);
        return new BatchReview(review, ownWork, await reviews.DecisionsAsync(batchId, cancellationToken), standing)
        {
            Sentence = standing is { IsProspect: false } ? text.Voids(standing) : null,
            Lost = standing is { IsProspect: true } ? LostOf(standing, caller) : null,
            Hindrance = review is { State: ReviewState.Open } ? (await requests.CheckAsync(batchId, cancellationToken))?.Message : null,
        };
    }

    private static string? LostOf(StandingView standing, Caller reader)
    {
        var others = standing.Lost.Where(x => x.By != reader.DisplayName)
            .Select(x => new Wording($"Loss.{x.How}", x.DisplayName, x.By).ToString() + (x.Reason is { } reason ? $" ({reason})" : "")).ToList();
        return others.Count == 0 ? null : string.Join(" · ", others);
    }
}

internal static class BatchReviewOfView
{
    extension(BatchView view)
    {
        public Review? Review => view.Part<BatchReview>()?.Latest;

        public StandingView? Standing => view.Part<BatchReview>()?.Standing;

        public string? OwnWork => view.Part<BatchReview>()?.OwnWork;

        public string? Hindrance => view.Part<BatchReview>()?.Hindrance;

        public IReadOnlyList<Decision> Decisions => view.Part<BatchReview>()?.Decisions ?? [];
    }
}
