using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Live;
using MigrationPortal.Reviews;
using MigrationPortal.Reviews.Judging;
using MigrationPortal.Reviews.Policy;

namespace MigrationPortal.Inbox;

/// <param name="Standing">As it was judged when it was read.</param>
/// <param name="IsStuck">Nobody known could give an approval that is missing, or fill one of the needs.</param>
internal sealed record LiveReview(ReviewRead Read, Standing Standing, bool IsStuck);

/// <param name="Reviews">Decided about, or approved and not begun; longest waiting first.</param>
/// <param name="Rooms">By batch.</param>
/// <param name="Messages">By batch, as its newest plan says.</param>
internal sealed record LiveReviewFacts(IReadOnlyList<LiveReview> Reviews, IReadOnlyDictionary<long, int> Rooms, IReadOnlyDictionary<long, long> Messages);

/// <summary>Reviews that go on, read and judged once for everybody in a handful of statements; what each means for a person is worked out in memory.</summary>
internal sealed class LiveReviews(IDbContextFactory<PortalDbContext> databases, ReviewCases cases, TimeProvider clock, SharedReading<LiveReviewFacts> shared)
{
    // A count, not a length of a list: a room is in one open batch at most, so this is more than the largest pool (33 077 rooms) can reach.
    private const int Most = 50_000;

    public Task<LiveReviewFacts> ReadAsync(string? poolPairId, CancellationToken cancellationToken) =>
        shared.ReadAsync(poolPairId, () => ReadAsync(poolPairId), cancellationToken);

    private async Task<LiveReviewFacts> ReadAsync(string? poolPairId)
    {
        await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
        var live = await (
            from review in ReviewQueries.Live(db)
            join batch in BatchReads.All(db) on review.BatchId equals batch.Id
            where poolPairId == null || batch.PoolPairId == poolPairId
            orderby review.SubmittedAt, review.Id
            select new { batch, review }).Take(Most).ToListAsync(CancellationToken.None);
        var ids = live.Select(x => x.batch.Id).Distinct().ToArray();
        var (rooms, messages) = (CountRoomsAsync(ids), SumMessagesAsync(ids));
        var reads = await cases.ReadAsync(db, live.ConvertAll(x => (x.batch, x.review)), CancellationToken.None);
        var now = clock.GetUtcNow();
        return new([.. reads.Select(x => Judged(x, x.Judge(now)))], await rooms, await messages);
    }

    // Both beside the cases, on connections of their own.
    private async Task<Dictionary<long, int>> CountRoomsAsync(long[] batches)
    {
        await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
        return await BatchReads.Rooms(db).Where(x => batches.Contains(x.BatchId)).GroupBy(x => x.BatchId).Select(x => new { x.Key, Count = x.Count() })
            .ToDictionaryAsync(x => x.Key, x => x.Count, CancellationToken.None);
    }

    private async Task<Dictionary<long, long>> SumMessagesAsync(long[] batches)
    {
        await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
        return await BatchReads.Plans(db).Where(x => batches.Contains(x.BatchId) && !BatchReads.Plans(db).Any(later => later.BatchId == x.BatchId && later.Id > x.Id))
            .Select(x => new { x.BatchId, x.MessageCount }).ToDictionaryAsync(x => x.BatchId, x => x.MessageCount, CancellationToken.None);
    }

    private static LiveReview Judged(ReviewRead read, Standing standing)
    {
        // Looked for until one is found, not listed: hundreds of reviews times hundreds of people.
        bool HasOther(Func<ReviewPerson, bool> could) => read.Case.People.Values.Any(x => could(x) && standing.Counted.All(y => y.Person != x.Id));
        return new(read, standing, (standing.Have < standing.Needed && !HasOther(x => x.Counts)) || standing.MissingNeeds.Any(need => !HasOther(x => x.CouldFill(need))));
    }
}
