using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Reviews;

namespace MigrationPortal.Undo;

internal sealed class UndoReviews(TimeProvider clock) : IReviewKind
{
    public ReviewKind Kind => ReviewKind.Undo;

    public bool NeedsReading => true;

    public async Task<Refusal?> CheckAsync(PortalDbContext db, Review review, CancellationToken cancellationToken)
    {
        var undo = await db.Set<UndoRequest>().AsNoTracking().SingleAsync(x => x.ReviewId == review.Id, cancellationToken);
        return undo.IsOld(clock.GetUtcNow())
            ? new("undo-list-old", RefusalKind.Conflict, (await BatchReads.GetAsync(db, undo.BatchId, cancellationToken)).Name)
            : null;
    }

    public Task DecideAsync(PortalDbContext db, long reviewId, bool isApproved, CancellationToken cancellationToken)
    {
        var state = isApproved ? UndoState.Approved : UndoState.SentBack;
        return db.Set<UndoRequest>().Where(x => x.ReviewId == reviewId).ExecuteUpdateAsync(set => set.SetProperty(x => x.State, state), cancellationToken);
    }

    public Task ReopenAsync(PortalDbContext db, long reviewId, CancellationToken cancellationToken) =>
        db.Set<UndoRequest>().Where(x => x.ReviewId == reviewId && x.State == UndoState.Approved)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.State, UndoState.InReview), cancellationToken);
}
