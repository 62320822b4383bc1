using Microsoft.Extensions.Localization;
using MigrationPortal.Batches;
using MigrationPortal.PoolPairs;
using MigrationPortal.Reviews;
using MigrationPortal.Reviews.Judging;
using MigrationPortal.SignIn.People;
using MigrationPortal.Ui;
using MudBlazor;

namespace MigrationPortal.Inbox;

/// <summary>Open reviews, for approvers.</summary>
internal sealed class ReviewLines(LiveReviews reviews, BatchDetails details, PersonNames names, IStringLocalizer<InboxTexts> texts, IStringLocalizer<Counts> counts) : IInboxLines
{
    public async Task<IReadOnlyList<InboxLine>> ListAsync(string? poolPairId, Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.Has(Role.Approver))
            return [];
        var (lines, facts) = (new List<InboxLine>(), await reviews.ReadAsync(poolPairId, cancellationToken));
        foreach (var read in facts.Reads.Where(x => x.Review.State == ReviewState.Open))
            lines.Add(await LineAsync(read, facts, WhyNot(read, caller), cancellationToken));

        return lines;
    }

    public Task<InboxDetail?> FindAsync(string key, Caller caller, CancellationToken cancellationToken) =>
        InboxKeys.Read(key, "review") is { } batch ? details.FindAsync(batch, caller, x => x.State != BatchState.Draft, cancellationToken) : Task.FromResult<InboxDetail?>(null);

    private string? WhyNot(ReviewRead read, Caller caller) =>
        read.Exclusions.ContainsKey(caller.Name) ? texts["OwnWork"].Value
        : read.Decisions.Any(x => x.By == caller.Name && x.Verdict == Verdict.Approve && x.LostAt == null) ? texts["HasApproved"].Value
        : null;

    private async Task<InboxLine> LineAsync(ReviewRead read, LiveReviewFacts facts, string? whyNot, CancellationToken cancellationToken)
    {
        var (batch, review) = (read.Batch, read.Review);
        var by = await names.FindAsync(review.SubmittedBy, cancellationToken);
        var sums = (counts.Count("Rooms", facts.Rooms.GetValueOrDefault(batch.Id)), counts.Count("Messages", facts.Messages.GetValueOrDefault(batch.Id)));
        return new(
            InboxKeys.Of("review", batch.Id),
            InboxClass.Decide,
            review.Kind == ReviewKind.Undo ? Icons.Material.Outlined.DeleteForever : Icons.Material.Outlined.RateReview,
            review.Kind switch { ReviewKind.Undo => Tone.Bad, ReviewKind.Delta => Tone.Diff, _ => Tone.Run },
            texts[$"Approve{review.Kind}", batch.Name],
            texts[review.Kind == ReviewKind.Plan ? "SubmittedReason" : "RequestedReason", sums.Item1, sums.Item2, by],
            review.SubmittedAt,
            Urls.Batch(batch.Id, review.Kind switch { ReviewKind.Undo => "undo", ReviewKind.Delta => "delta", _ => null }, batch.PoolPairId),
            texts["OpenReview"],
            whyNot);
    }
}
