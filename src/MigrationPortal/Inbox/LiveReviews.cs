using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Live;
using MigrationPortal.Reviews;
using MigrationPortal.Reviews.Judging;

namespace MigrationPortal.Inbox;

/// <param name="Reads">Decided about, or approved and not begun; longest waiting first.</param>
/// <param name="Rooms">By batch.</param>
/// <param name="Messages">By batch, as its newest plan says.</param>
internal sealed record LiveReviewFacts(IReadOnlyList<ReviewRead> Reads, IReadOnlyDictionary<long, int> Rooms, IReadOnlyDictionary<long, long> Messages);

/// <summary>Reviews that go on, read once for everybody in a handful of statements; what each means for a person is judged in memory.</summary>
internal sealed class LiveReviews(IDbContextFactory<PortalDbContext> databases, ReviewCases cases, SharedReading<LiveReviewFacts> shared)
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
        var rooms = await BatchReads.Rooms(db).Where(x => ids.Contains(x.BatchId)).GroupBy(x => x.BatchId).Select(x => new { x.Key, Count = x.Count() })
            .ToDictionaryAsync(x => x.Key, x => x.Count, CancellationToken.None);
        var messages = await BatchReads.Plans(db).Where(x => ids.Contains(x.BatchId) && !BatchReads.Plans(db).Any(later => later.BatchId == x.BatchId && later.Id > x.Id))
            .Select(x => new { x.BatchId, x.MessageCount }).ToDictionaryAsync(x => x.BatchId, x => x.MessageCount, CancellationToken.None);
        return new(await cases.ReadAsync(db, live.ConvertAll(x => (x.batch, x.review)), CancellationToken.None), rooms, messages);
    }
}
