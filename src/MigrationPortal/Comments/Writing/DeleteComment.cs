using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Comments.Writing;

/// <summary>
/// People delete what they wrote themselves. Within a quarter of an hour and unanswered it is gone, as if it had not been written; later an
/// empty place stays, so that answers keep their sense.
/// </summary>
internal sealed class DeleteCommentHandler(IDbContextFactory<PortalDbContext> databases, KeepComment keep, ThreadWatches watches, BatchTimeline timeline, TimeProvider clock)
{
    public static readonly TimeSpan GoneWithin = TimeSpan.FromMinutes(15);

    public async Task<Outcome<bool>> HandleAsync(long commentId, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var found = await OwnComment.LockAsync(db, commentId, cancellationToken);
        if (!found.IsDone)
            return found.Refusal;
        if (await OwnComment.RefuseAsync(db, found.Value, caller, cancellationToken) is { } refusal)
            return refusal;
        var (comment, thread, batch) = found.Value;
        var isLast = !await db.Set<Comment>().AnyAsync(x => x.ThreadId == thread.Id && x.Id > comment.Id, cancellationToken);
        if (isLast && clock.GetUtcNow() - comment.At <= GoneWithin)
            await RemoveAsync(db, comment, thread, batch, caller, cancellationToken);
        else
            await EmptyAsync(db, comment, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        timeline.Announce(batch);
        return true;
    }

    private async Task RemoveAsync(PortalDbContext db, Comment comment, CommentThread thread, Batch batch, Caller caller, CancellationToken cancellationToken)
    {
        await db.Set<CommentMention>().Where(x => x.CommentId == comment.Id).ExecuteDeleteAsync(cancellationToken);
        await db.Set<CommentVersion>().Where(x => x.CommentId == comment.Id).ExecuteDeleteAsync(cancellationToken);
        await db.Set<Comment>().Where(x => x.Id == comment.Id).ExecuteDeleteAsync(cancellationToken);
        if (await db.Set<Comment>().AnyAsync(x => x.ThreadId == thread.Id, cancellationToken))
            return;
        await db.Set<CommentThread>().Where(x => x.Id == thread.Id).ExecuteDeleteAsync(cancellationToken);
        if (thread is { Must: true, IsOpen: true })
            await watches.TellAsync(db, batch, caller, cancellationToken);
    }

    private async Task EmptyAsync(PortalDbContext db, Comment comment, CancellationToken cancellationToken)
    {
        await keep.ReplaceAsync(db, comment, "", cancellationToken);
        var now = clock.GetUtcNow();
        await db.Set<Comment>().Where(x => x.Id == comment.Id).ExecuteUpdateAsync(
            set => set.SetProperty(x => x.Text, "").SetProperty(x => x.Version, x => x.Version + 1).SetProperty(x => x.DeletedAt, now), cancellationToken);
    }
}
