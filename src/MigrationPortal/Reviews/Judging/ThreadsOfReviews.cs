using MigrationPortal.Batches;
using MigrationPortal.Comments;
using MigrationPortal.Data;

namespace MigrationPortal.Reviews.Judging;

/// <summary>A thread that has to be resolved was begun, resolved or opened again: what is in review or approved is judged again at once.</summary>
internal sealed class ThreadsOfReviews(RejudgeReviews rejudge) : IThreadWatch
{
    public Task<IReadOnlyList<TimelineEntry>> ChangedAsync(PortalDbContext db, Batch batch, Caller by, CancellationToken cancellationToken) =>
        rejudge.JudgeAsync(db, batch, by, cancellationToken);
}
