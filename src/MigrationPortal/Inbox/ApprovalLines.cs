using Microsoft.Extensions.Localization;
using MigrationPortal.Batches;
using MigrationPortal.PoolPairs;
using MigrationPortal.Reviews;
using MigrationPortal.Reviews.Judging;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Ui;
using MudBlazor;

namespace MigrationPortal.Inbox;

/// <summary>
/// What follows from approvals as the judge counts them now: an approval that ends within a day, an undo or a delta that may start, and a
/// review that nobody known may decide.
/// </summary>
internal sealed class ApprovalLines(
    LiveReviews reviews, BatchDetails details, IStringLocalizer<InboxTexts> texts, TimeProvider clock) : IInboxLines
{
    private static readonly TimeSpan _soon = TimeSpan.FromDays(1);

    public async Task<IReadOnlyList<InboxLine>> ListAsync(string? poolPairId, Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.Has(Role.Approver) && !caller.Has(Role.Operator) && !caller.Has(Role.Administrator))
            return [];
        var now = clock.GetUtcNow();
        return [.. (await reviews.ReadAsync(poolPairId, cancellationToken)).Reviews.SelectMany(x => LinesOf(x, caller, now))];
    }

    public Task<InboxDetail?> FindAsync(string key, Caller caller, CancellationToken cancellationToken) =>
        InboxKeys.Read(key, "approval", "approved", "nobody") is { } batch ? details.FindAsync(batch, caller, x => x.Standing is not null, cancellationToken) : Task.FromResult<InboxDetail?>(null);

    private IEnumerable<InboxLine> LinesOf(LiveReview live, Caller caller, DateTimeOffset now)
    {
        var (batch, review, standing) = (live.Read.Batch, live.Read.Review, live.Standing);
        if (Rights.HasIn(caller, Role.Approver, batch.PoolPairId) && OwnEnd(standing, caller) is { } end && end - now < _soon)
        {
            yield return new(
                InboxKeys.Of("approval", batch.Id), InboxClass.Today, PortalIcons.HourglassBottom, Tone.Warn, texts["ApprovalExpires", batch.Name],
                texts["ApprovalExpiresReason"], end - _soon, Urls.Batch(batch.Id, null, batch.PoolPairId), texts["OpenReview"]) { BatchId = batch.Id, Due = end };
        }

        if (Rights.HasIn(caller, Role.Operator, batch.PoolPairId) && review is { Kind: not ReviewKind.Plan, State: ReviewState.Approved })
        {
            yield return new(
                InboxKeys.Of("approved", batch.Id), InboxClass.Decide, PortalIcons.PlayCircle, review.Kind == ReviewKind.Undo ? Tone.Bad : Tone.Diff,
                texts[$"Start{review.Kind}", batch.Name], texts["StartApprovedReason"], review.ClosedAt ?? review.SubmittedAt,
                Urls.Batch(batch.Id, review.Kind == ReviewKind.Undo ? "undo" : "delta", batch.PoolPairId), texts["OpenStart"]) { BatchId = batch.Id, Due = standing.ExpiresAt };
        }

        if (Rights.HasIn(caller, Role.Administrator, batch.PoolPairId) && live.IsStuck)
        {
            yield return new(
                InboxKeys.Of("nobody", batch.Id), InboxClass.Do, PortalIcons.PersonOff, Tone.Warn, texts["NobodyMayApprove", batch.Name],
                texts["NobodyMayApproveReason"], review.SubmittedAt, Urls.Batch(batch.Id, null, batch.PoolPairId), texts["OpenReview"]) { BatchId = batch.Id };
        }
    }

    private static DateTimeOffset? OwnEnd(Standing standing, Caller caller) =>
        standing.Counted.FirstOrDefault(x => x.Person == caller.Name)?.ExpiresAt ?? standing.Parts.FirstOrDefault(x => x.Person == caller.Name)?.ExpiresAt;
}
