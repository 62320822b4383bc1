using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Comments.Writing;

internal sealed record EditComment(long CommentId, string? Text);

/// <summary>People change what they wrote themselves; what it was is kept for them and for auditors.</summary>
internal sealed class EditCommentHandler(IDbContextFactory<PortalDbContext> databases, KeepComment keep, BatchTimeline timeline, TimeProvider clock)
{
    public async Task<Outcome<Comment>> HandleAsync(EditComment request, Caller caller, CancellationToken cancellationToken)
    {
        var text = BatchText.Comment(request.Text, "Text.Comment");
        if (!text.IsDone)
            return text.Refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var found = await OwnComment.LockAsync(db, request.CommentId, cancellationToken);
        if (!found.IsDone)
            return found.Refusal;
        var (comment, thread, batch) = found.Value;
        if (await OwnComment.RefuseAsync(db, found.Value, caller, cancellationToken) is { } refusal)
            return refusal;
        if (comment.Text == text.Value)
            return comment;
        if (await keep.RefuseAsync(db, batch, thread.Anchor, text.Value, cancellationToken) is { } unfit)
            return unfit;
        var added = await keep.ReplaceAsync(db, comment, text.Value, cancellationToken);
        db.AddRange(CommentAudience.Of(thread, comment, batch, caller, isReply: false, added, clock.GetUtcNow()));
        await db.SaveChangesAsync(cancellationToken);
        var now = clock.GetUtcNow();
        await db.Set<Comment>().Where(x => x.Id == comment.Id).ExecuteUpdateAsync(
            set => set.SetProperty(x => x.Text, text.Value).SetProperty(x => x.Version, x => x.Version + 1).SetProperty(x => x.EditedAt, now), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        timeline.Announce(batch);
        return await db.Set<Comment>().AsNoTracking().SingleAsync(x => x.Id == comment.Id, cancellationToken);
    }
}
