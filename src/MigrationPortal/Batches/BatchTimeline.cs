using MigrationPortal.Audit;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Live;

namespace MigrationPortal.Batches;

/// <param name="Values">Before, after, reason … for the audit; null takes the detail alone.</param>
internal sealed record TimelineEntry(
    Caller By, string Kind, BatchState? From, BatchState? To, Wording? Detail, IReadOnlyDictionary<string, string?>? Values = null);

/// <summary>Writes what happened to a batch: timeline, notices and audit in the transaction that did it; open pages hear of it after its commit.</summary>
internal sealed class BatchTimeline(AuditTrail audit, BatchNotices notices, LiveFeed feed, TimeProvider clock)
{
    public Task RecordAsync(PortalDbContext db, Batch batch, TimelineEntry step, CancellationToken cancellationToken) =>
        RecordAsync(db, batch, [step], cancellationToken);

    /// <summary>Call last in the transaction; the audit's writers wait until its commit.</summary>
    public async Task RecordAsync(PortalDbContext db, Batch batch, IReadOnlyList<TimelineEntry> steps, CancellationToken cancellationToken)
    {
        db.AddRange(steps.Select(step => new BatchEvent
        {
            BatchId = batch.Id,
            At = clock.GetUtcNow(),
            By = step.By.Name,
            Kind = step.Kind,
            From = step.From,
            To = step.To,
            Detail = step.Detail,
        }));
        foreach (var step in steps)
            notices.Add(db, batch, step);
        await db.SaveChangesAsync(cancellationToken);
        await audit.RecordAsync(db, [.. steps.Select(step => RecordOf(batch, step))], cancellationToken);
    }

    /// <summary>For a batch that is deleted: the audit alone remembers it.</summary>
    public Task RecordGoneAsync(PortalDbContext db, Batch batch, TimelineEntry step, CancellationToken cancellationToken) =>
        audit.RecordAsync(db, [RecordOf(batch, step)], cancellationToken);

    private static AuditRecord RecordOf(Batch batch, TimelineEntry step) => new(
        step.By, $"Batch{step.Kind}", $"batch:{batch.Id}", batch.PoolPairId,
        step.Values ?? (step.Detail is null ? null : new Dictionary<string, string?> { ["detail"] = WordedText.Store(step.Detail) }));

    /// <summary>Call after the commit, so that who looks again sees it.</summary>
    public void Announce(Batch batch)
    {
        feed.Announce($"batch:{batch.Id}");
        feed.Announce($"pair:{batch.PoolPairId}");
        feed.Announce("reviews");
        notices.Wake();
    }
}
