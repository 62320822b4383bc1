using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Reviews;

namespace MigrationPortal.Undo;

internal sealed class UndoReviews : IReviewKind
{
    public ReviewKind Kind => ReviewKind.Undo;

    public Task DecideAsync(PortalDbContext db, long reviewId, bool isApproved, CancellationToken cancellationToken)
    {
        var state = isApproved ? UndoState.Approved : UndoState.SentBack;
        return db.Set<UndoRequest>().Where(x => x.ReviewId == reviewId).ExecuteUpdateAsync(set => set.SetProperty(x => x.State, state), cancellationToken);
    }

    public Task ReopenAsync(PortalDbContext db, long reviewId, CancellationToken cancellationToken) =>
        db.Set<UndoRequest>().Where(x => x.ReviewId == reviewId && x.State == UndoState.Approved)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.State, UndoState.InReview), cancellationToken);
}
