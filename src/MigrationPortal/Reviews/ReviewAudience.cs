using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.Reviews.Judging;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Reviews;

/// <summary>Whom decisions concern: who may decide now, and whoever took part in the work or the decisions.</summary>
internal sealed class ReviewAudience(ReviewCases cases, TimeProvider clock) : INoticeAudience
{
    private static readonly string[] _kinds =
    [
        ReviewNotices.Opened, ReviewNotices.Waiting, ReviewNotices.Decided, ReviewNotices.Approved, ReviewNotices.SentBack, ReviewNotices.Recalled, ReviewNotices.ApprovalLost, ReviewNotices.ApprovalExpiring,
        ReviewNotices.Reopened, ReviewNotices.PlanChanged, ReviewNotices.Renamed,
    ];

    public bool Knows(string kind) => _kinds.Contains(kind);

    public async Task<IEnumerable<PersonRights>> FindAsync(PortalDbContext db, NoticeEvent happened, IReadOnlyList<PersonRights> people, CancellationToken cancellationToken)
    {
        if (BatchSubject.Read(happened.Subject) is not { } id || await BatchReads.FindAsync(db, id, cancellationToken) is not { } batch)
            return [];
        var concerned = happened.Kind switch
        {
            ReviewNotices.Opened or ReviewNotices.Waiting => await EligibleAsync(db, batch, cancellationToken),
            ReviewNotices.ApprovalLost => [happened.Values.GetValueOrDefault("whose") ?? "", batch.Author],
            ReviewNotices.ApprovalExpiring => [happened.Values.GetValueOrDefault("whose") ?? ""],
            ReviewNotices.Reopened => await ToldOfReopeningAsync(db, batch, happened, cancellationToken),
            ReviewNotices.PlanChanged => [.. (await TookPartAsync(db, batch, cancellationToken)).Except(await ToldOfLossAsync(db, batch, happened, cancellationToken))],
            _ => await TookPartAsync(db, batch, cancellationToken),
        };
        return people.Where(x => concerned.Contains(x.Name) || (happened.Kind == ReviewNotices.Approved && RoleAudience.Has(x, batch.PoolPairId, Role.Operator)));
    }

    /// <summary>Nobody, once it is decided.</summary>
    private async Task<HashSet<string>> EligibleAsync(PortalDbContext db, Batch batch, CancellationToken cancellationToken)
    {
        if (await ReviewQueries.FindOpenAsync(db, batch.Id, cancellationToken) is not { } review)
            return [];
        var read = await cases.ReadAsync(db, batch, review, cancellationToken);
        var standing = read.Judge(clock.GetUtcNow());
        var approved = standing.Counted.Select(x => x.Person).ToHashSet(StringComparer.Ordinal);
        return read.Case.People.Values.Where(x => (x.Counts && !approved.Contains(x.Id)) || x.PartOf(standing.MissingNeeds).Count > 0).Select(x => x.Id).ToHashSet(StringComparer.Ordinal);
    }

    // Whoever may approve is asked again, as when the review began.
    private async Task<HashSet<string>> ToldOfReopeningAsync(PortalDbContext db, Batch batch, NoticeEvent happened, CancellationToken cancellationToken)
    {
        var submitter = await db.Set<Review>().Where(x => x.BatchId == batch.Id).OrderByDescending(x => x.Id).Select(x => x.SubmittedBy).FirstOrDefaultAsync(cancellationToken);
        HashSet<string> concerned = [batch.Author, submitter ?? "", .. await EligibleAsync(db, batch, cancellationToken)];
        concerned.ExceptWith(await ToldOfLossAsync(db, batch, happened, cancellationToken));
        return concerned;
    }

    // Whose approval the same change ended, and the author then, are told of that loss.
    private static async Task<HashSet<string>> ToldOfLossAsync(PortalDbContext db, Batch batch, NoticeEvent happened, CancellationToken cancellationToken)
    {
        var (from, to) = OneDeed.Around(happened.At);
        var byAnything = happened.Kind == ReviewNotices.Reopened;
        var whose = await db.Set<Decision>().Where(x => x.BatchId == batch.Id && (byAnything || x.LostHow == Policy.LossKind.PlanChanged || x.LostHow == Policy.LossKind.Edited) && x.LostAt >= from && x.LostAt <= to).Select(x => x.By).ToListAsync(cancellationToken);
        return whose.Count == 0 ? [] : [batch.Author, .. whose];
    }

    private static async Task<HashSet<string>> TookPartAsync(PortalDbContext db, Batch batch, CancellationToken cancellationToken)
    {
        // Whoever changed options of the pair did so for all its batches, and is no member of each one's team.
        var edited = BatchReads.Events(db).Where(x => x.BatchId == batch.Id && BatchEventKinds.Edits.Contains(x.Kind) && x.Kind != BatchEventKinds.PairOptionsChanged).Select(x => x.By);
        var submitted = db.Set<Review>().Where(x => x.BatchId == batch.Id).Select(x => x.SubmittedBy);
        var decided = db.Set<Decision>().Where(x => x.BatchId == batch.Id).Select(x => x.By);
        return [batch.Author, .. await edited.Union(submitted).Union(decided).ToListAsync(cancellationToken)];
    }
}

/// <summary>Approved is settled once what was approved begins or is so no longer; an approval that ends, once it counts no more or its round is over.</summary>
internal sealed class SettledReviewNotices(TimeProvider clock) : ISettledNotices
{
    public bool Knows(string kind) => kind is ReviewNotices.Approved or ReviewNotices.ApprovalExpiring;

    public async Task<bool> IsSettledAsync(PortalDbContext db, NoticeEvent happened, CancellationToken cancellationToken)
    {
        if (BatchSubject.Read(happened.Subject) is not { } id)
            return false;
        var live = ReviewQueries.Live(db).Where(x => x.BatchId == id);
        if (happened.Kind == ReviewNotices.Approved)
        {
            var approved = await live.Where(x => x.State == ReviewState.Approved).Select(x => x.Kind).ToListAsync(cancellationToken);
            return !approved.Exists(x => happened.Sentence.Key == $"Event.{ReviewEvents.Approved(x)}");
        }

        var (key, now) = (happened.OnceKey, clock.GetUtcNow());
        return !await db.Set<Decision>().AnyAsync(
            x => x.BatchId == id && x.LostAt == null && x.ExpiresAt > now && "approval-expiring:" + x.Id == key && live.Any(review => review.Id == x.ReviewId), cancellationToken);
    }
}
