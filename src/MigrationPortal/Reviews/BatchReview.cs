using MigrationPortal.Batches;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Engine;
using MigrationPortal.Presence;
using MigrationPortal.Reviews.Judging;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.Reviews;

/// <summary>What the page of a batch shows of its reviews.</summary>
/// <param name="Latest">The open one, or the one decided last.</param>
/// <param name="OwnWork">Why the caller may not decide the open review though an approver; null when they may.</param>
/// <param name="LastDecision">In whatever round; null where nobody decided.</param>
/// <param name="Standing">How far the latest review is, or what submitting a draft would ask for.</param>
internal sealed record BatchReview(Review? Latest, string? OwnWork, Decision? LastDecision, StandingView? Standing) : IVoidNotice
{
    /// <summary>Null where an edit ends nothing.</summary>
    public Func<Clock, string>? Voids { get; init; }

    public IReadOnlyList<LostNote> Losses { get; init; } = [];

    public LostNote? Ended { get; init; }

    /// <summary>Account name.</summary>
    public required string Reader { get; init; }

    /// <summary>Asked when somebody is about to edit: who looks changes all the time.</summary>
    public Func<IReadOnlyList<string>> Onlookers { get; init; } = () => [];

    public IReadOnlyList<string> Concerned
    {
        get
        {
            string[] starters = Standing?.Emergency is ({ } asker, { } other) ? [asker.Person, other.Person] : [];
            var approvers = Standing is { } standing ? standing.Counted.Select(x => x.Person).Concat(standing.Parts.Select(x => x.Person)) : [];
            return [.. approvers.Concat(starters).Concat(Onlookers()).Where(x => x != Reader).Distinct()];
        }
    }

    public string? SentenceAt(Clock zone) => Voids?.Invoke(zone);

    /// <summary>Why nobody can approve the open review now.</summary>
    public string? Hindrance { get; init; }

    public long Round => Standing is { IsProspect: false, Review.State: ReviewState.Open or ReviewState.Approved } ? Standing.Review.Round : 0;

    /// <summary>The emergency start that was confirmed last, as it is kept: an edit compares it with what is kept then.</summary>
    public long LastEmergency { get; init; }

    public SeenRound Seen => new(Round, LastDecision?.Id ?? 0, LastEmergency);
}

internal sealed class ReadBatchReview(ReviewQueries reviews, DecideRequest requests, StandingQueries standings, StandingText text, EndedRounds ended, PresenceStore presence) : IBatchViewPart
{
    public async Task<object> ReadAsync(long batchId, Caller caller, CancellationToken cancellationToken)
    {
        var review = await reviews.FindLatestAsync(batchId, cancellationToken);
        var ownWork = review is { State: ReviewState.Open } ? await reviews.DisabledReasonAsync(batchId, caller, cancellationToken) : null;
        // Before the approvals that are named: one that comes in between is asked about once more.
        var last = await reviews.FindLastDecisionAsync(batchId, cancellationToken);
        var emergency = await reviews.FindLastEmergencyAsync(batchId, cancellationToken);
        var standing = await standings.FindAsync(batchId, caller, cancellationToken);
        return new BatchReview(review, ownWork, last, standing)
        {
            Reader = caller.Name,
            LastEmergency = emergency,
            Voids = standing is { IsProspect: false } ? zone => text.Voids(standing, zone, Onlookers.Of(presence, batchId, caller).ConvertAll(x => x.Name)) : null,
            Onlookers = () => Onlookers.Of(presence, batchId, caller).ConvertAll(x => x.Person),
            Losses = standing is null ? [] : LossesOf(standing, caller),
            Ended = review is null ? null : await ended.FindAsync(review, caller, cancellationToken),
            Hindrance = review is { State: ReviewState.Open } ? (await requests.CheckAsync(batchId, cancellationToken))?.Message : null,
        };
    }

    private static List<LostNote> LossesOf(StandingView standing, Caller reader) =>
    [
        .. standing.Lost.Where(x => x.ByAccount != reader.Name).Select(x => new LostNote(
            new Wording($"Loss.{x.How}", x.DisplayName, x.By).ToString() + (x.Reason is { } reason ? $" ({reason})" : ""),
            x.LostAt,
            x.How is LossKind.Edited or LossKind.PlanChanged or LossKind.ListChanged)),
    ];
}

/// <summary>Who has a batch open at this moment, without whoever reads of it.</summary>
internal static class Onlookers
{
    public static List<PresentPerson> Of(PresenceStore presence, long batchId, Caller reader) => [.. presence.List(BatchSubject.Of(batchId)).Where(x => x.Person != reader.Name)];
}

internal static class BatchReviewOfView
{
    extension(BatchView view)
    {
        public Review? Review => view.Part<BatchReview>()?.Latest;

        public StandingView? Standing => view.Part<BatchReview>()?.Standing;

        public string? OwnWork => view.Part<BatchReview>()?.OwnWork;

        /// <summary>Whether the caller's approval would count for something and is not given.</summary>
        public bool AwaitsCaller => view.DisabledReason(Role.Approver, "approve-plan") is null && view.OwnWork is null && view.Standing is not ({ IsOutside: true } or { HasOwn: true });

        public string? Hindrance => view.Part<BatchReview>()?.Hindrance;

        public Decision? LastDecision => view.Part<BatchReview>()?.LastDecision;
    }
}
