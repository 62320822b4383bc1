using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Reviews.Judging;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Inbox;

/// <param name="Sentence">"Jan approved the batch", in the reader's language.</param>
internal sealed record SettledBy(string Sentence, DateTimeOffset At);

/// <summary>Who did what settled an item: the newest event of its batch that can have settled an item of that kind.</summary>
internal sealed class SettledItems(IDbContextFactory<PortalDbContext> databases, PersonNames names)
{
    private static readonly string[] _ofReviews =
    [
        BatchEventKinds.Approved, BatchEventKinds.ApprovalGiven, BatchEventKinds.PartApproved, BatchEventKinds.SentBack, BatchEventKinds.Recalled,
        BatchEventKinds.PlanChanged, "DeltaApproved", "DeltaSentBack", ReviewEvents.DeltaNotNeeded, "UndoApproved", "UndoSentBack", "UndoChanged", .. BatchEventKinds.Edits,
    ];

    // These say how far something is, and settle nothing.
    private static readonly string[] _asides = [BatchEventKinds.Renamed, BatchEventKinds.ApprovalsVoided, BatchEventKinds.ApprovalLost, BatchEventKinds.PolicyApplied, "UndoReread", "RunThrottled"];

    /// <returns>Null where nothing is known of it: an item about no batch, or of a batch that is gone.</returns>
    public async Task<SettledBy?> FindAsync(string key, CancellationToken cancellationToken)
    {
        if (InboxKeys.Read(key, "review", "approval", "approved", "nobody", "run", "draft", "stalled", "unknown", "schedule", "missed", "acceptance", "emergency", "emergency-review") is not { } batch)
            return null;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var events = BatchReads.Events(db).Where(x => x.BatchId == batch);
        events = key.StartsWith("review:", StringComparison.Ordinal) ? events.Where(x => _ofReviews.Contains(x.Kind)) : events.Where(x => !_asides.Contains(x.Kind));
        return await events.OrderByDescending(x => x.Id).FirstOrDefaultAsync(cancellationToken) is { } last
            ? new(BatchEventKinds.Sentence(last.Kind, await names.FindAsync(last.By, cancellationToken)).ToString(), last.At)
            : null;
    }
}
