using Microsoft.Extensions.Localization;
using MigrationPortal.Batches;
using MigrationPortal.PoolPairs;
using MigrationPortal.Reviews;
using MigrationPortal.Reviews.Judging;
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
        return [.. (await reviews.ReadAsync(poolPairId, cancellationToken)).Reads.SelectMany(x => LinesOf(x, caller, now))];
    }

    public Task<InboxDetail?> FindAsync(string key, Caller caller, CancellationToken cancellationToken) =>
        InboxKeys.Read(key, "approval", "approved", "nobody") is { } batch ? details.FindAsync(batch, caller, x => x.Standing is not null, cancellationToken) : Task.FromResult<InboxDetail?>(null);

    private IEnumerable<InboxLine> LinesOf(ReviewRead read, Caller caller, DateTimeOffset now)
    {
        var (batch, review, standing) = (read.Batch, read.Review, read.Judge(now));
        if (caller.Has(Role.Approver) && standing.Counted.FirstOrDefault(x => x.Person == caller.Name) is { ExpiresAt: { } end } && end - now < _soon)
        {
            yield return new(
                InboxKeys.Of("approval", batch.Id), InboxClass.Today, Icons.Material.Outlined.HourglassBottom, Tone.Warn, texts["ApprovalExpires", batch.Name],
                texts["ApprovalExpiresReason"], end - _soon, Urls.Batch(batch.Id, null, batch.PoolPairId), texts["OpenReview"]) { Due = end };
        }

        if (caller.Has(Role.Operator) && review is { Kind: not ReviewKind.Plan, State: ReviewState.Approved })
        {
            yield return new(
                InboxKeys.Of("approved", batch.Id), InboxClass.Decide, Icons.Material.Outlined.PlayCircle, review.Kind == ReviewKind.Undo ? Tone.Bad : Tone.Diff,
                texts[$"Start{review.Kind}", batch.Name], texts["StartApprovedReason"], review.ClosedAt ?? review.SubmittedAt,
                Urls.Batch(batch.Id, review.Kind == ReviewKind.Undo ? "undo" : "delta", batch.PoolPairId), texts["OpenStart"]) { Due = standing.ExpiresAt };
        }

        if (caller.Has(Role.Administrator) && !standing.IsSatisfied && !read.Case.People.Values.Any(x => x.Counts && standing.Counted.All(y => y.Person != x.Id)))
        {
            yield return new(
                InboxKeys.Of("nobody", batch.Id), InboxClass.Do, Icons.Material.Outlined.PersonOff, Tone.Warn, texts["NobodyMayApprove", batch.Name],
                texts["NobodyMayApproveReason"], review.SubmittedAt, Urls.Batch(batch.Id, null, batch.PoolPairId), texts["OpenReview"]);
        }
    }
}
