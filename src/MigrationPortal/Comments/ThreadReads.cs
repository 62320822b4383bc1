using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Comments;

/// <summary>What later features read of threads within their own transaction or join.</summary>
internal static class ThreadReads
{
    /// <summary>Those that a review policy may wait for.</summary>
    public static IQueryable<CommentThread> OpenMust(PortalDbContext db) => db.Set<CommentThread>().AsNoTracking().Where(x => x.Must && x.ResolvedAt == null);

    /// <summary>
    /// The thread and its batch, and the thread's row until the transaction ends: one change of a thread after the other. The batch's row
    /// first, where approvals depend on the thread.
    /// </summary>
    public static async Task<Outcome<(CommentThread Thread, Batch Batch)>> LockAsync(PortalDbContext db, long threadId, CancellationToken cancellationToken)
    {
        if (await db.Set<CommentThread>().AsNoTracking().FirstOrDefaultAsync(x => x.Id == threadId, cancellationToken) is not { } seen)
            return NotFound(threadId);
        var batch = seen.Must ? await BatchMoves.LockAsync(db, seen.BatchId, cancellationToken) : await BatchReads.FindAsync(db, seen.BatchId, cancellationToken);
        var thread = await db.Set<CommentThread>().FromSql($"select * from portal.threads where id = {threadId} for update").AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        return thread is null || batch is null ? NotFound(threadId) : (thread, batch);
    }

    public static Refusal NotFound(long threadId) => new("not-found.thread", RefusalKind.NotFound, $"{threadId}");
}
