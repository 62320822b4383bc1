using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Live;
using MigrationPortal.Reviews;
using MigrationPortal.Reviews.Judging;

namespace MigrationPortal.Inbox;

/// <param name="Open">Those that are decided about, longest waiting first; what they say of a caller says nothing here.</param>
/// <param name="Reads">Those and the ones that are approved and not begun.</param>
internal sealed record LiveReviewFacts(IReadOnlyList<ReviewRow> Open, IReadOnlyList<ReviewRead> Reads);

/// <summary>Reviews that go on, read once for everybody; what each means for a person is judged in memory.</summary>
internal sealed class LiveReviews(IDbContextFactory<PortalDbContext> databases, ReviewQueries reviews, ReviewCases cases, SharedReading<LiveReviewFacts> shared)
{
    private const int Most = 500;

    // By nobody's account: the columns that depend on the caller are worked out from the cases.
    private static readonly Caller _nobody = new("", "", new HashSet<Role>());

    public Task<LiveReviewFacts> ReadAsync(string? poolPairId, CancellationToken cancellationToken) =>
        shared.ReadAsync(poolPairId, () => ReadAsync(poolPairId), cancellationToken);

    private async Task<LiveReviewFacts> ReadAsync(string? poolPairId)
    {
        var open = await reviews.ListAsync(_nobody, poolPairId, new Paging(0, Most), CancellationToken.None);
        await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
        var live = await (
            from review in ReviewQueries.Live(db)
            join batch in BatchReads.All(db) on review.BatchId equals batch.Id
            where poolPairId == null || batch.PoolPairId == poolPairId
            orderby review.SubmittedAt, review.Id
            select new { batch, review }).Take(Most).ToListAsync(CancellationToken.None);
        return new(open.Items, await cases.ReadAsync(db, live.ConvertAll(x => (x.batch, x.review)), CancellationToken.None));
    }
}
