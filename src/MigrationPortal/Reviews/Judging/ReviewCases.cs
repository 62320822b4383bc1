using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Comments;
using MigrationPortal.Data;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Reviews.BreakGlass;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Reviews.Judging;

/// <summary>One review with everything that decides how far it is, read at one moment.</summary>
/// <param name="Decisions">Those of its round, oldest first, the lost ones too.</param>
/// <param name="Exclusions">By account name, also of people who cannot approve.</param>
internal sealed record ReviewRead(
    Batch Batch, Review Review, ReviewCase Case, IReadOnlyList<Decision> Decisions, IReadOnlyDictionary<string, Exclusion> Exclusions)
{
    public Standing Judge(DateTimeOffset now) => Policy.Judge.Rule(Case, now);
}

/// <summary>Reads what the judge needs: in one statement for each kind of fact, however many reviews there are.</summary>
internal sealed class ReviewCases(PeopleRights people)
{
    /// <param name="also">Somebody who is about to decide.</param>
    public async Task<ReviewRead> ReadAsync(PortalDbContext db, Batch batch, Review review, CancellationToken cancellationToken, Caller? also = null) =>
        (await ReadAsync(db, [(batch, review)], cancellationToken, also))[0];

    public async Task<IReadOnlyList<ReviewRead>> ReadAsync(
        PortalDbContext db, IReadOnlyList<(Batch Batch, Review Review)> reviews, CancellationToken cancellationToken, Caller? also = null)
    {
        if (reviews.Count == 0)
            return [];
        var ids = reviews.Select(x => x.Review.Id).ToArray();
        var decisions = (await db.Set<Decision>().AsNoTracking().Where(x => ids.Contains(x.ReviewId)).OrderBy(x => x.Id).ToListAsync(cancellationToken))
            .ToLookup(x => x.ReviewId);
        var emergencies = (await BreakGlassReads.Confirmed(db).Where(x => ids.Contains(x.ReviewId))
            .OrderBy(x => x.Id).ToListAsync(cancellationToken)).GroupBy(x => x.ReviewId).ToDictionary(x => x.Key, x => x.Last());
        var policies = await PolicyQueries.ReadAsync(db, [.. reviews.Select(x => (x.Batch.PoolPairId, x.Review.PolicyVersion))], cancellationToken);
        var known = await people.ListAsync(db, [.. decisions.SelectMany(x => x).Select(x => x.PersonId)
            .Concat(emergencies.Values.SelectMany(x => new[] { x.AskedPersonId, x.ConfirmedPersonId })).Append(also?.PersonId).OfType<long>().Distinct()], cancellationToken);
        var work = await ReviewExclusions.ReadAsync(db, [.. reviews.Select(x => (x.Batch.Id, x.Review.SubmittedAt))], cancellationToken);
        var reach = await ApproverReach.ReadAsync(db, known, [.. reviews.Select(x => x.Batch)], cancellationToken);
        var persons = new ReviewPersons(known, reach);
        var batches = reviews.Select(x => x.Batch.Id).Distinct().ToArray();
        var threads = await ThreadReads.OpenMust(db).Where(x => batches.Contains(x.BatchId)).GroupBy(x => x.BatchId).ToDictionaryAsync(x => x.Key, x => x.Count(), cancellationToken);
        return [.. reviews.Select(x => Opened(Make(x.Batch, x.Review, [.. decisions[x.Review.Id]], policies[(x.Batch.PoolPairId, x.Review.PolicyVersion)], persons, work, emergencies.GetValueOrDefault(x.Review.Id))))];

        ReviewRead Opened(ReviewRead read) => read with { Case = read.Case with { OpenThreads = threads.GetValueOrDefault(read.Batch.Id) } };
    }

    private static ReviewRead Make(
        Batch batch, Review review, Decision[] decisions, ReviewPolicy policy, ReviewPersons known, ReviewExclusions work, BreakGlassRequest? emergency)
    {
        var exclusions = work.Of(batch, review);
        var makers = decisions.Select(x => x.PersonId).Append(emergency?.AskedPersonId).Append(emergency?.ConfirmedPersonId).OfType<long>().ToHashSet();
        var persons = known.Of(batch, makers, exclusions, emergency);
        var told = decisions.Select(x => new ReviewDecision(x.By, x.At, x.Verdict, x.Fingerprint, review.Round, x.LostAt, x.Part));
        var @case = new ReviewCase(policy, new ReviewFacts(review.Facts, review.OwnedCategories), review.Fingerprint, review.Round, [.. told], persons)
        {
            Emergency = emergency is { ConfirmedBy: { } other, ConfirmedAt: { } at } ? new(emergency.AskedBy, other, at, emergency.Fingerprint, review.Round) { Id = emergency.Id } : null,
        };
        return new(batch, review, @case, decisions, exclusions);
    }
}
