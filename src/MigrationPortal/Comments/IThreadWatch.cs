using MigrationPortal.Batches;
using MigrationPortal.Data;

namespace MigrationPortal.Comments;

/// <summary>A later feature that depends on whether the threads of a batch that have to be resolved are.</summary>
internal interface IThreadWatch
{
    /// <summary>Within the transaction that changed it, which holds the batch's row.</summary>
    /// <returns>What the caller records at the end of its transaction.</returns>
    Task<IReadOnlyList<TimelineEntry>> ChangedAsync(PortalDbContext db, Batch batch, Caller by, CancellationToken cancellationToken);
}

/// <summary>All of them.</summary>
internal sealed class ThreadWatches(IEnumerable<IThreadWatch> watches, BatchTimeline timeline)
{
    /// <summary>Call last in the transaction.</summary>
    public async Task TellAsync(PortalDbContext db, Batch batch, Caller by, CancellationToken cancellationToken)
    {
        List<TimelineEntry> steps = [];
        foreach (var watch in watches)
            steps.AddRange(await watch.ChangedAsync(db, batch, by, cancellationToken));
        if (steps.Count > 0)
            await timeline.RecordAsync(db, batch, steps, cancellationToken);
    }
}
