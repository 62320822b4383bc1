using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Reviews.Judging;

namespace MigrationPortal.Reviews.Policy;

/// <summary>Puts the live reviews of a pool pair under a new version, within the transaction that adds it, and judges each again.</summary>
internal sealed class ApplyPolicy(RejudgeReviews rejudge)
{
    public async Task<IReadOnlyList<(Batch Batch, IReadOnlyList<TimelineEntry> Steps)>> HandleAsync(
        PortalDbContext db, PolicyVersion version, Caller by, CancellationToken cancellationToken)
    {
        var ids = await (
            from review in ReviewQueries.Live(db)
            join batch in BatchReads.All(db) on review.BatchId equals batch.Id
            where batch.PoolPairId == version.PoolPairId
            select batch.Id).Distinct().OrderBy(x => x).ToListAsync(cancellationToken);
        List<(Batch, IReadOnlyList<TimelineEntry>)> applied = [];
        // In the order of their ids, each row first: as everybody locks.
        foreach (var id in ids)
        {
            if (await BatchMoves.LockAsync(db, id, cancellationToken) is not { } batch)
                continue;
            foreach (var review in await ReviewQueries.Live(db).Where(x => x.BatchId == id).ToListAsync(cancellationToken))
                await ApplyAsync(db, review, version, cancellationToken);
            var told = new TimelineEntry(by, BatchEventKinds.PolicyApplied, batch.State, batch.State, new("Detail.PolicyVersion", version.Version.ToString(CultureInfo.InvariantCulture)));
            applied.Add((batch, [told, .. await rejudge.JudgeAsync(db, batch, by, cancellationToken)]));
        }

        return applied;
    }

    private static async Task ApplyAsync(PortalDbContext db, Review review, PolicyVersion version, CancellationToken cancellationToken)
    {
        var required = Judge.Require(version.Body, new ReviewFacts(review.Facts, review.OwnedCategories));
        List<string> needs = [.. required.Needs];
        await db.Set<Review>().Where(x => x.Id == review.Id).ExecuteUpdateAsync(
            set => set
                .SetProperty(x => x.PolicyVersion, version.Version)
                .SetProperty(x => x.Needed, required.Needed)
                .SetProperty(x => x.Needs, needs),
            cancellationToken);
        var lifetime = version.Body.Lifetime;
        await db.Set<Decision>().Where(x => x.ReviewId == review.Id && x.LostAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.ExpiresAt, x => lifetime == null ? null : x.At + lifetime), cancellationToken);
    }
}
