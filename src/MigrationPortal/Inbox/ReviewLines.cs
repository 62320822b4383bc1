using System.Globalization;
using Microsoft.Extensions.Localization;
using MigrationPortal.Batches;
using MigrationPortal.PoolPairs;
using MigrationPortal.Reviews;
using MigrationPortal.Reviews.Judging;
using MigrationPortal.SignIn.People;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Values;
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
        foreach (var (read, standing, _) in facts.Reviews.Where(x => x.Read.Review.State == ReviewState.Open && Rights.HasIn(caller, Role.Approver, x.Read.Batch.PoolPairId)))
            lines.Add(await LineAsync(read, facts, PartOf(read, caller), DisabledReason(DecisionBars.Find(read, standing, caller)), cancellationToken));

        return lines;
    }

    public Task<InboxDetail?> FindAsync(string key, Caller caller, CancellationToken cancellationToken) =>
        InboxKeys.Read(key, "review") is { } batch ? details.FindAsync(batch, caller, x => x.State != BatchState.Draft, cancellationToken) : Task.FromResult<InboxDetail?>(null);

    private string? DisabledReason(DecisionBar? bar) => bar switch
    {
        null => null,
        DecisionBar.OwnWork => texts["OwnWork"].Value,
        DecisionBar.HasApproved => texts["HasApproved"].Value,
        DecisionBar.PartApproved => texts["PartApproved"].Value,
        _ => texts["OutOfReach"].Value,
    };

    private static List<string> PartOf(ReviewRead read, Caller caller) =>
        [.. OwnPart.Of(read.Case.People.GetValueOrDefault(caller.Name), read.Review.Needs, caller, read.Batch.PoolPairId)];

    private async Task<InboxLine> LineAsync(ReviewRead read, LiveReviewFacts facts, List<string> part, string? disabledReason, CancellationToken cancellationToken)
    {
        var (batch, review) = (read.Batch, read.Review);
        var by = await names.FindAsync(review.SubmittedBy, cancellationToken);
        var sums = (counts.Count("Rooms", facts.Rooms.GetValueOrDefault(batch.Id)), counts.Count("Messages", facts.Messages.GetValueOrDefault(batch.Id)));
        return new(
            InboxKeys.Of("review", batch.Id),
            InboxClass.Decide,
            review.Kind == ReviewKind.Undo ? PortalIcons.DeleteForever : PortalIcons.RateReview,
            review.Kind switch { ReviewKind.Undo => Tone.Bad, ReviewKind.Delta => Tone.Diff, _ => Tone.Run },
            part.Count > 0 ? texts[$"ApprovePart{review.Kind}", batch.Name, string.Join(", ", part.Select(CategoryPaths.Display))] : texts[$"Approve{review.Kind}", batch.Name],
            texts[review.Kind == ReviewKind.Plan ? "SubmittedReason" : "RequestedReason", sums.Item1, sums.Item2, by],
            review.SubmittedAt,
            Urls.Batch(batch.Id, review.Kind switch { ReviewKind.Undo => "undo", ReviewKind.Delta => "delta", _ => null }, batch.PoolPairId),
            texts["OpenReview"],
            disabledReason)
        {
            BatchId = batch.Id,
            State = string.Create(CultureInfo.InvariantCulture, $"{review.Id}:{read.Decisions.Count}:{read.Decisions.Count(x => x.LostAt is not null)}:{read.Case.OpenThreads}:{review.PolicyVersion}"),
        };
    }
}
