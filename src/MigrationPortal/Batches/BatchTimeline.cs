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
    public Task RecordAsync(PortalDbContext db, Batch batch, IReadOnlyList<TimelineEntry> steps, CancellationToken cancellationToken) =>
        RecordAllAsync(db, [(batch, steps)], [], cancellationToken);

    /// <summary>As above, of several batches at once.</summary>
    /// <param name="more">What else the audit takes, after them.</param>
    public async Task RecordAllAsync(
        PortalDbContext db, IReadOnlyList<(Batch Batch, IReadOnlyList<TimelineEntry> Steps)> happened, IReadOnlyList<AuditRecord> more, CancellationToken cancellationToken)
    {
        List<AuditRecord> records = [.. happened.SelectMany(x => Add(db, x.Batch, x.Steps)), .. more];
        await db.SaveChangesAsync(cancellationToken);
        await audit.RecordAsync(db, records, cancellationToken);
    }

    /// <summary>Adds to the timeline and the notices, which the caller saves.</summary>
    /// <returns>What the caller records in the audit, last in its transaction.</returns>
    public IReadOnlyList<AuditRecord> Add(PortalDbContext db, Batch batch, IReadOnlyList<TimelineEntry> steps)
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
        return [.. steps.Select(step => RecordOf(batch, step))];
    }

    /// <summary>For a batch that is deleted: the audit alone remembers it.</summary>
    public Task RecordGoneAsync(PortalDbContext db, Batch batch, TimelineEntry step, CancellationToken cancellationToken) =>
        audit.RecordAsync(db, [RecordOf(batch, step)], cancellationToken);

    private static AuditRecord RecordOf(Batch batch, TimelineEntry step) => new(
        step.By, $"Batch{step.Kind}", BatchSubject.Of(batch.Id), batch.PoolPairId,
        step.Values ?? (step.Detail is null ? null : new Dictionary<string, string?> { ["detail"] = WordedText.Store(step.Detail) }));

    /// <summary>Call after the commit, so that who looks again sees it.</summary>
    public void Announce(Batch batch)
    {
        feed.Announce(BatchSubject.Of(batch.Id));
        feed.Announce($"pair:{batch.PoolPairId}");
        feed.Announce("reviews");
        notices.Wake();
    }
}
