using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Comments;

/// <summary>Comments stay when a plan changes, and go with a deleted draft.</summary>
internal sealed class CommentsOfBatch : IBatchDependent
{
    public Task<IReadOnlyList<TimelineEntry>> VoidAsync(PortalDbContext db, Batch batch, Caller by, Wording because, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<TimelineEntry>>([]);

    public Task DeleteAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken) =>
        db.Set<BatchComment>().Where(x => x.BatchId == batchId).ExecuteDeleteAsync(cancellationToken);
}

/// <param name="Items">Oldest first; at most a thousand.</param>
internal sealed record CommentsOfView(IReadOnlyList<BatchComment> Items);

internal sealed class ReadComments(CommentQueries queries) : IBatchViewPart
{
    public async Task<object> ReadAsync(long batchId, Caller caller, CancellationToken cancellationToken) =>
        new CommentsOfView((await queries.ListAsync(batchId, new Paging(0, Paging.MaxTake), cancellationToken)).Items);
}
