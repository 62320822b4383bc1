using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Data;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Reviews;

/// <summary>What ended a round of review, for whoever has the page of the batch open.</summary>
internal sealed class EndedRounds(IDbContextFactory<PortalDbContext> databases, PersonNames names)
{
    private static readonly string[] _consequences = [BatchEventKinds.ApprovalsVoided, BatchEventKinds.ApprovalLost];

    private static readonly string[] _ofPlan = [.. BatchEventKinds.Edits, BatchEventKinds.PlanChanged];

    /// <returns>Null while the round goes on, once its run has begun, and when the reader ended it.</returns>
    public async Task<LostNote?> FindAsync(Review review, Caller reader, CancellationToken cancellationToken)
    {
        if (review is not { State: ReviewState.SentBack or ReviewState.Voided, ClosedAt: { } at })
            return null;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        // It is recorded in the transaction that ends the round, after that.
        var ended = await BatchReads.Events(db).Where(x => x.BatchId == review.BatchId && x.At >= at && !_consequences.Contains(x.Kind)).OrderBy(x => x.Id).FirstOrDefaultAsync(cancellationToken);
        return ended is null || ended.By == reader.Name
            ? null
            : new(BatchEventKinds.Sentence(ended.Kind, await names.FindAsync(ended.By, cancellationToken)).ToString(), ended.At, _ofPlan.Contains(ended.Kind)) { EndsReview = true };
    }
}
