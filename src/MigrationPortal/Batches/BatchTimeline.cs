using MigrationPortal.Audit;
using MigrationPortal.Data;
using MigrationPortal.Live;
using MigrationPortal.SignIn;

namespace MigrationPortal.Batches;

/// <param name="Values">Before, after, reason … for the audit; null takes the detail alone.</param>
internal sealed record TimelineEntry(
    Caller By, string Kind, BatchState? From, BatchState? To, string? Detail, IReadOnlyDictionary<string, string?>? Values = null);

/// <summary>Writes what happened to a batch: timeline and audit in the transaction that did it, word to the open pages after its commit.</summary>
internal sealed class BatchTimeline(AuditTrail audit, LiveFeed feed, TimeProvider clock)
{
    public async Task RecordAsync(PortalDbContext db, Batch batch, TimelineEntry step, CancellationToken cancellationToken)
    {
        db.Add(new BatchEvent
        {
            BatchId = batch.Id,
            At = clock.GetUtcNow(),
            By = step.By.Name,
            Kind = step.Kind,
            From = step.From,
            To = step.To,
            Detail = step.Detail,
        });
        await db.SaveChangesAsync(cancellationToken);
        var values = step.Values ?? (step.Detail is null ? null : new Dictionary<string, string?> { ["detail"] = step.Detail });
        await audit.RecordAsync(db, step.By, $"Batch{step.Kind}", $"batch:{batch.Id}", batch.PoolPairId, values, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Call after the commit, so that who looks again sees it.</summary>
    public void Announce(Batch batch)
    {
        feed.Announce($"batch:{batch.Id}");
        feed.Announce($"pair:{batch.PoolPairId}");
        feed.Announce("reviews");
    }
}
