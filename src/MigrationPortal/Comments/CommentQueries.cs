using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Comments;

/// <summary>What people wrote about a batch, one after the other, whatever thread it stands in. Messages' threads are left to who may read messages.</summary>
internal sealed class CommentQueries(IDbContextFactory<PortalDbContext> databases)
{
    /// <summary>Oldest first.</summary>
    public async Task<Page<Comment>> ListAsync(long batchId, Paging paging, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var comments = Shown(db, batchId);
        var total = await comments.LongCountAsync(cancellationToken);
        return new(total, await comments.OrderBy(x => x.Id).Skip(paging.Skip).Take(paging.Take).ToListAsync(cancellationToken));
    }

    public async Task<Comment?> FindLastAsync(long batchId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Shown(db, batchId).OrderByDescending(x => x.Id).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>What a comment was before its edits, oldest first: for its author and auditors.</summary>
    public async Task<Outcome<Page<CommentVersion>>> VersionsAsync(long commentId, Caller caller, Paging paging, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Set<Comment>().AsNoTracking().FirstOrDefaultAsync(x => x.Id == commentId, cancellationToken) is not { } comment)
            return Writing.OwnComment.NotFound(commentId);
        var thread = await db.Set<CommentThread>().AsNoTracking().SingleAsync(x => x.Id == comment.ThreadId, cancellationToken);
        var batch = await BatchReads.GetAsync(db, comment.BatchId, cancellationToken);
        if (comment.By != caller.Name && Rights.RequireIn(caller, "read-versions", batch.PoolPairId, Role.Auditor) is { } refusal)
            return refusal;
        if (await ThreadReach.RefuseAsync(db, caller, batch.PoolPairId, thread.Anchor, cancellationToken) is { } outside)
            return outside;
        var versions = db.Set<CommentVersion>().AsNoTracking().Where(x => x.CommentId == commentId);
        var total = await versions.LongCountAsync(cancellationToken);
        return new Page<CommentVersion>(total, await versions.OrderBy(x => x.Version).Skip(paging.Skip).Take(paging.Take).ToListAsync(cancellationToken));
    }

    private static IQueryable<Comment> Shown(PortalDbContext db, long batchId) =>
        from comment in db.Set<Comment>().AsNoTracking()
        join thread in db.Set<CommentThread>() on comment.ThreadId equals thread.Id
        where comment.BatchId == batchId && thread.AnchorKind != AnchorKind.Message && comment.DeletedAt == null && comment.RedactedAt == null
        select comment;
}
