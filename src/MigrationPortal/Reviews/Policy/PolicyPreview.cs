using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Reviews.Judging;

namespace MigrationPortal.Reviews.Policy;

/// <summary>What a policy would make of one review that is open or approved now.</summary>
public sealed record PolicyEffect(long BatchId, string BatchName, ReviewKind Kind, int NeededNow, int HaveNow, bool IsApproved, int Needed, int Have, bool IsSatisfied)
{
    public bool Changes => IsApproved != IsSatisfied || NeededNow != Needed || HaveNow != Have;
}

/// <summary>Judges the live reviews of a pool pair by a policy that is not kept yet.</summary>
internal sealed class PolicyPreview(IDbContextFactory<PortalDbContext> databases, ReviewCases cases, TimeProvider clock)
{
    // What one page shows; those that change come first.
    private const int Shown = 500;

    // A room is in one open batch at most, so this is more than the largest pool (33 077 rooms) can reach.
    private const int Most = 50_000;

    /// <summary>Of all of them the first; those that change come before the others.</summary>
    public async Task<Page<PolicyEffect>> ListAsync(string poolPairId, ReviewPolicy policy, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var live = await (
            from review in ReviewQueries.Live(db)
            join batch in BatchReads.All(db) on review.BatchId equals batch.Id
            where batch.PoolPairId == poolPairId
            orderby review.Id
            select new { batch, review }).Take(Most).ToListAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var read = await cases.ReadAsync(db, live.ConvertAll(x => (x.batch, x.review)), cancellationToken);
        return new(read.Count, [.. read.Select(x => Effect(x, policy, now)).OrderByDescending(x => x.Changes).ThenBy(x => x.BatchId).Take(Shown)]);
    }

    private static PolicyEffect Effect(ReviewRead read, ReviewPolicy policy, DateTimeOffset now)
    {
        var (before, after) = (read.Judge(now), Judge.Rule(read.Case with { Policy = policy }, now));
        return new(
            read.Batch.Id, read.Batch.Name, read.Review.Kind, before.Needed, before.Have, read.Review.State == ReviewState.Approved, after.Needed, after.Have, after.IsSatisfied);
    }
}
