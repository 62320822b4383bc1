using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Reviews;

namespace MigrationPortal.Delta;

internal sealed class DeltaReviews : IReviewKind
{
    public ReviewKind Kind => ReviewKind.Delta;

    public Task DecideAsync(PortalDbContext db, long reviewId, bool isApproved, CancellationToken cancellationToken)
    {
        var state = isApproved ? DeltaState.Approved : DeltaState.SentBack;
        return db.Set<DeltaRequest>().Where(x => x.ReviewId == reviewId).ExecuteUpdateAsync(set => set.SetProperty(x => x.State, state), cancellationToken);
    }

    public Task ReopenAsync(PortalDbContext db, long reviewId, CancellationToken cancellationToken) =>
        db.Set<DeltaRequest>().Where(x => x.ReviewId == reviewId && x.State == DeltaState.Approved)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.State, DeltaState.InReview), cancellationToken);
}
