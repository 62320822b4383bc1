using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Viewing.Edits;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.PoolPairs;
using MigrationPortal.Presence;
using MigrationPortal.Reviews.BreakGlass;
using MigrationPortal.Reviews.Judging;
using MigrationPortal.SignIn.People;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.Reviews;

internal sealed class ReviewsOfPair(
    IDbContextFactory<PortalDbContext> databases, ReviewCases cases, StandingText sentences, PersonNames names, PresenceStore presence, EditNoteSenders notes, TimeProvider clock) : IPairReviews
{
    private const int MarkLength = 16;

    public async Task<PairReviews> ListAsync(string poolPairId, Caller reader, Clock zone, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var live = await (
            from batch in Following(db, poolPairId)
            join review in OfPlans(db) on batch.Id equals review.BatchId
            orderby batch.Name, batch.Id
            select new { batch, review }).ToListAsync(cancellationToken);
        var reads = await cases.ReadAsync(db, live.ConvertAll(x => (x.batch, x.review)), cancellationToken);
        var (all, now) = (new List<PairReview>(), clock.GetUtcNow());
        foreach (var read in reads)
            all.Add(await SayAsync(read, now, reader, zone, cancellationToken));
        var approvals = reads.SelectMany(x => x.Decisions).Where(x => x is { Verdict: Verdict.Approve, LostAt: null });
        return new(MarkOf(reads.Select(x => x.Review.Id), approvals.Select(x => x.Id), reads.Select(x => x.Case.Emergency?.Id).OfType<long>()), all);
    }

    public async Task<string> MarkAsync(PortalDbContext db, string poolPairId, CancellationToken cancellationToken)
    {
        var reviews =
            from batch in Following(db, poolPairId)
            join review in OfPlans(db) on batch.Id equals review.BatchId
            select review.Id;
        var approvals = db.Set<Decision>().Where(x => reviews.Contains(x.ReviewId) && x.Verdict == Verdict.Approve && x.LostAt == null).Select(x => x.Id);
        var emergencies = BreakGlassReads.Confirmed(db).Where(x => reviews.Contains(x.ReviewId)).GroupBy(x => x.ReviewId).Select(x => x.Max(one => one.Id));
        return MarkOf(await reviews.ToListAsync(cancellationToken), await approvals.ToListAsync(cancellationToken), await emergencies.ToListAsync(cancellationToken));
    }

    // Where the plan stays as it was, or was begun meanwhile, no approval ended, and there is nothing to tell. A note that is refused keeps nobody else from theirs.
    public async Task<Refusal?> NoteAsync(PairReviews known, string text, Caller caller, CancellationToken cancellationToken)
    {
        var ids = known.All.Select(x => x.Id).ToArray();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var voided = await db.Set<Review>().Where(x => ids.Contains(x.Id) && x.State == ReviewState.Voided).Select(x => x.Id).ToListAsync(cancellationToken);
        Refusal? refused = null;
        foreach (var ended in known.All.Where(x => x.Concerned.Count > 0 && voided.Contains(x.Id)))
        {
            foreach (var each in notes.All)
                refused = await each.SendAsync(ended.BatchId, ended.Concerned, text, caller, cancellationToken) ?? refused;
        }

        return refused;
    }

    private async Task<PairReview> SayAsync(ReviewRead read, DateTimeOffset now, Caller reader, Clock zone, CancellationToken cancellationToken)
    {
        var standing = read.Judge(now);
        var given = standing.Counted.Select(x => (x.Person, x.At)).Concat(standing.Parts.Select(x => (x.Person, x.At))).ToList();
        var approvals = new List<(string Name, DateTimeOffset At)>();
        foreach (var (person, at) in given)
            approvals.Add((await names.FindAsync(person, cancellationToken), at));
        var onlookers = Onlookers.Of(presence, read.Batch.Id, reader);
        var start = standing.Emergency;
        string[] starters = start is null ? [] : [start.AskedBy, start.ConfirmedBy];
        (string AskedBy, string ConfirmedBy)? emergency = start is null ? null : (await names.FindAsync(start.AskedBy, cancellationToken), await names.FindAsync(start.ConfirmedBy, cancellationToken));
        var concerned = given.Select(x => x.Person).Concat(starters).Concat(onlookers.Select(x => x.Person)).Where(x => x != reader.Name).Distinct(StringComparer.Ordinal);
        return new(read.Review.Id, read.Batch.Id, read.Batch.Name, sentences.Listed(read.Batch.Name, approvals, emergency, zone, onlookers.ConvertAll(x => x.Name)), [.. concerned]);
    }

    // Those that are planned again; a batch that has options of its own is planned as before.
    private static IQueryable<Batch> Following(PortalDbContext db, string poolPairId) =>
        BatchReads.All(db).Where(x => x.PoolPairId == poolPairId && x.Options == null && BatchStates.Editable.Contains(x.State));

    private static IQueryable<Review> OfPlans(PortalDbContext db) => ReviewQueries.Live(db).Where(x => x.Kind == ReviewKind.Plan);

    private static string MarkOf(params IEnumerable<IEnumerable<long>> ids) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('|', ids.Select(x => string.Join(',', x.Order()))))))[..MarkLength];
}
