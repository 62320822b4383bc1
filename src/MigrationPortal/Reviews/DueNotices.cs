using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Jobs;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.Ui;

namespace MigrationPortal.Reviews;

/// <summary>Twice a minute: tells once of each review that has waited for a day, and of each approval that ends within two.</summary>
internal sealed class DueNotices(IDbContextFactory<PortalDbContext> databases, NoticeOutbox outbox, TimeProvider clock) : IUnfinishedWork
{
    private const int Most = 200;

    private static readonly TimeSpan _waited = TimeSpan.FromHours(24);
    private static readonly TimeSpan _ends = TimeSpan.FromHours(48);

    public Task EnqueueAsync(JobQueue jobs, CancellationToken cancellationToken) => TellAsync(cancellationToken);

    /// <returns>How many were sent now.</returns>
    public async Task<int> TellAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var (longAgo, soon) = (now - _waited, now + _ends);
        var told = NoticeOutbox.Told(db);
        var waiting = await (
            from review in db.Set<Review>().AsNoTracking()
            join batch in BatchReads.All(db) on review.BatchId equals batch.Id
            where review.State == ReviewState.Open && review.SubmittedAt <= longAgo && !told.Contains("review-waiting:" + review.Id)
            orderby review.Id
            select new { Batch = batch, review.Id }).Take(Most).ToListAsync(cancellationToken);
        var ending = await (
            from decision in db.Set<Decision>().AsNoTracking()
            join review in ReviewQueries.Live(db) on decision.ReviewId equals review.Id
            join batch in BatchReads.All(db) on decision.BatchId equals batch.Id
            where decision.Verdict == Verdict.Approve && decision.LostAt == null && decision.ExpiresAt > now && decision.ExpiresAt <= soon
                && !told.Contains("approval-expiring:" + decision.Id)
            orderby decision.Id
            select new { Batch = batch, decision.Id, decision.By, decision.ExpiresAt }).Take(Most).ToListAsync(cancellationToken);
        var count = 0;
        foreach (var one in waiting)
            count += await AddAsync(db, one.Batch, ReviewNotices.Waiting, $"review-waiting:{Text(one.Id)}", new("Notice.ReviewWaiting"), null, cancellationToken);
        foreach (var one in ending)
            count += await AddAsync(db, one.Batch, ReviewNotices.ApprovalExpiring, $"approval-expiring:{Text(one.Id)}", new("Notice.ApprovalExpiring", one.ExpiresAt), one.By, cancellationToken);
        return count;
    }

    private async Task<int> AddAsync(PortalDbContext db, Batch batch, string kind, string key, Engine.Wording sentence, string? whose, CancellationToken cancellationToken)
    {
        var happened = new NoticeEvent
        {
            Kind = kind,
            Subject = BatchSubject.Of(batch.Id),
            PoolPairId = batch.PoolPairId,
            By = Caller.Portal.Name,
            At = clock.GetUtcNow(),
            Title = batch.Name,
            Sentence = sentence,
            Url = Urls.Batch(batch.Id, null, batch.PoolPairId),
            Values = whose is null ? [] : new(StringComparer.Ordinal) { ["whose"] = whose },
            OnceKey = key,
        };
        return await outbox.TellOnceAsync(db, happened, cancellationToken) ? 1 : 0;
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
