using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Reviews.BreakGlass;
using MigrationPortal.Reviews.Judging;

namespace MigrationPortal.Reviews;

internal sealed record ReviewRow
{
    public required long Id { get; init; }
    public required long BatchId { get; init; }
    public required string BatchName { get; init; }
    public required string PoolPairId { get; init; }
    public required string Author { get; init; }
    public required string SubmittedBy { get; init; }
    public required DateTimeOffset SubmittedAt { get; init; }
    public required string Fingerprint { get; init; }
    public required ReviewKind Kind { get; init; }
    public required int RoomCount { get; init; }
    public required long MessageCount { get; init; }
    public required int WarningCount { get; init; }
    /// <summary>Which time this batch is reviewed, from 1.</summary>
    public required long Round { get; init; }
    /// <summary>Why the caller may not decide about it; null when they may.</summary>
    public DecisionBar? Bar { get; init; }
}

/// <summary>What waits for somebody's word.</summary>
internal sealed class ReviewQueries(IDbContextFactory<PortalDbContext> databases, ReviewCases cases, TimeProvider clock)
{
    /// <summary>Longest waiting first. What the caller may not decide is listed, too, with the reason.</summary>
    public async Task<Page<ReviewRow>> ListAsync(Caller caller, string? poolPairId, Paging paging, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var open = Open(db, poolPairId);
        var total = await open.LongCountAsync(cancellationToken);
        var rows = await Rows(db, open.OrderBy(x => x.SubmittedAt).ThenBy(x => x.Id).Skip(paging.Skip).Take(paging.Take)).ToListAsync(cancellationToken);
        var bars = await BarsAsync(db, rows.ConvertAll(x => x.Id), caller, cancellationToken);
        return new(total, rows.ConvertAll(x => x with { Bar = bars.GetValueOrDefault(x.Id) }));
    }

    private async Task<Dictionary<long, DecisionBar?>> BarsAsync(PortalDbContext db, List<long> ids, Caller caller, CancellationToken cancellationToken)
    {
        var reviews = await (
            from review in db.Set<Review>().AsNoTracking()
            join batch in BatchReads.All(db) on review.BatchId equals batch.Id
            where ids.Contains(review.Id)
            select new { batch, review }).ToListAsync(cancellationToken);
        var now = clock.GetUtcNow();
        return (await cases.ReadAsync(db, reviews.ConvertAll(x => (x.batch, x.review)), cancellationToken, also: caller))
            .ToDictionary(x => x.Review.Id, x => DecisionBars.Find(x, x.Judge(now), caller));
    }

    /// <summary>The open review of a batch, within the caller's transaction.</summary>
    public static Task<Review?> FindOpenAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken) =>
        db.Set<Review>().AsNoTracking().FirstOrDefaultAsync(x => x.BatchId == batchId && x.State == ReviewState.Open, cancellationToken);

    /// <summary>Rounds that go on: decided about, or approved and not begun.</summary>
    public static IQueryable<Review> Live(PortalDbContext db) =>
        db.Set<Review>().AsNoTracking().Where(x => x.State == ReviewState.Open || x.State == ReviewState.Approved);

    /// <summary>When each round of a batch ended; null while it goes on, as an approved one does until what it is about begins.</summary>
    public static Task<Dictionary<long, DateTimeOffset?>> EndsAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken) =>
        db.Set<Review>().Where(x => x.BatchId == batchId)
            .Select(x => new { x.Id, x.ClosedAt, IsLive = x.State == ReviewState.Open || x.State == ReviewState.Approved })
            .ToDictionaryAsync(x => x.Id, x => x.IsLive ? null : x.ClosedAt, cancellationToken);

    /// <summary>The open review of a batch, or the one decided last.</summary>
    public async Task<Review?> FindLatestAsync(long batchId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<Review>().AsNoTracking().Where(x => x.BatchId == batchId).OrderByDescending(x => x.Id).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Why this caller may not decide the open review, though an approver; null when they may.</summary>
    public async Task<string?> DisabledReasonAsync(long batchId, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var batch = await BatchReads.FindAsync(db, batchId, cancellationToken);
        var review = await FindOpenAsync(db, batchId, cancellationToken);
        if (batch is null || review is null)
            return null;
        var work = await ReviewExclusions.ReadAsync(db, [(batch.Id, review.SubmittedAt)], cancellationToken);
        return FourEyes.Refuse(batch, caller, work.Of(batch, review))?.Message;
    }

    /// <summary>Of those batches whose last review was sent back: by whom and why. One statement, however many they are.</summary>
    public async Task<IReadOnlyDictionary<long, Decision>> SentBackAsync(IReadOnlyCollection<long> batchIds, CancellationToken cancellationToken)
    {
        var ids = batchIds.ToArray();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await (
            from review in db.Set<Review>()
            where ids.Contains(review.BatchId) && review.State == ReviewState.SentBack && !db.Set<Review>().Any(x => x.BatchId == review.BatchId && x.Id > review.Id)
            join decision in db.Set<Decision>().AsNoTracking() on review.Id equals decision.ReviewId
            where decision.Verdict == Verdict.SendBack
            select decision).ToListAsync(cancellationToken);
        return found.GroupBy(x => x.BatchId).ToDictionary(x => x.Key, x => x.Last());
    }

    public async Task<Decision?> FindLastDecisionAsync(long batchId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<Decision>().AsNoTracking().Where(x => x.BatchId == batchId).OrderByDescending(x => x.Id).FirstOrDefaultAsync(cancellationToken);
    }

    /// <inheritdoc cref="BreakGlassReads.FindLastAsync"/>
    public async Task<long> FindLastEmergencyAsync(long batchId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await BreakGlassReads.FindLastAsync(db, batchId, cancellationToken);
    }

    private static IQueryable<Review> Open(PortalDbContext db, string? poolPairId) =>
        from review in db.Set<Review>().AsNoTracking()
        join batch in BatchReads.All(db) on review.BatchId equals batch.Id
        where review.State == ReviewState.Open && (poolPairId == null || batch.PoolPairId == poolPairId)
        select review;

    private static IQueryable<ReviewRow> Rows(PortalDbContext db, IQueryable<Review> reviews) =>
        from review in reviews
        join batch in BatchReads.All(db) on review.BatchId equals batch.Id
        select new ReviewRow
        {
            Id = review.Id,
            BatchId = batch.Id,
            BatchName = batch.Name,
            PoolPairId = batch.PoolPairId,
            Author = batch.Author,
            SubmittedBy = review.SubmittedBy,
            SubmittedAt = review.SubmittedAt,
            Fingerprint = review.Fingerprint,
            Kind = review.Kind,
            RoomCount = BatchReads.Rooms(db).Count(x => x.BatchId == batch.Id),
            MessageCount = BatchReads.Plans(db).Where(x => x.BatchId == batch.Id).OrderByDescending(x => x.Id).Select(x => x.MessageCount).FirstOrDefault(),
            WarningCount = BatchReads.Findings(db).Count(x => x.BatchId == batch.Id && x.Severity == Severity.Warning),
            Round = review.Round,
        };
}
