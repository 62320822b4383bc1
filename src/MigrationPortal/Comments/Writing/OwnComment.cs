using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Comments.Writing;

internal sealed record FoundComment(Comment Comment, CommentThread Thread, Batch Batch);

/// <summary>A comment that somebody wants to change, with its thread's row held.</summary>
internal static class OwnComment
{
    public static async Task<Outcome<FoundComment>> LockAsync(PortalDbContext db, long commentId, CancellationToken cancellationToken)
    {
        if (await db.Set<Comment>().AsNoTracking().FirstOrDefaultAsync(x => x.Id == commentId, cancellationToken) is not { } seen)
            return NotFound(commentId);
        var found = await ThreadReads.LockAsync(db, seen.ThreadId, cancellationToken);
        if (!found.IsDone)
            return NotFound(commentId);
        // Again, now that nobody else changes it.
        return await db.Set<Comment>().AsNoTracking().FirstOrDefaultAsync(x => x.Id == commentId, cancellationToken) is { } comment
            ? new FoundComment(comment, found.Value.Thread, found.Value.Batch)
            : NotFound(commentId);
    }

    /// <summary>Null when this person wrote it and may still read the place.</summary>
    public static async Task<Refusal?> RefuseAsync(PortalDbContext db, FoundComment found, Caller caller, CancellationToken cancellationToken)
    {
        if (await ThreadReach.RefuseAsync(db, caller, found.Batch.PoolPairId, found.Thread.Anchor, cancellationToken) is { } outside)
            return outside;
        if (found.Comment.By != caller.Name)
            return new("not-allowed.change-comment", RefusalKind.NotAllowed, found.Comment.By);
        return found.Comment.IsShown ? null : new("comment-gone", RefusalKind.Conflict);
    }

    public static Refusal NotFound(long commentId) => new("not-found.comment", RefusalKind.NotFound, $"{commentId}");
}
