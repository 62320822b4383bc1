using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Comments.Writing;

internal sealed record ReplyToThread(long ThreadId, string? Text);

internal sealed class ReplyToThreadHandler(IDbContextFactory<PortalDbContext> databases, KeepComment keep, BatchTimeline timeline)
{
    public async Task<Outcome<Comment>> HandleAsync(ReplyToThread request, Caller caller, CancellationToken cancellationToken)
    {
        var text = BatchText.Comment(request.Text, "Text.Comment");
        if (!text.IsDone)
            return text.Refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var found = await ThreadReads.LockAsync(db, request.ThreadId, cancellationToken);
        if (!found.IsDone)
            return found.Refusal;
        var (thread, batch) = found.Value;
        if (await ThreadReach.RefuseAsync(db, caller, batch.PoolPairId, thread.Anchor, cancellationToken) is { } outside)
            return outside;
        if (await db.Set<Comment>().CountAsync(x => x.ThreadId == thread.Id, cancellationToken) >= KeepComment.MostOfThread)
            return new Refusal("thread-full", RefusalKind.Conflict, KeepComment.MostOfThread);
        if (await keep.RefuseAsync(db, batch, thread.Anchor, text.Value, cancellationToken) is { } refusal)
            return refusal;
        var comment = await keep.AddAsync(db, thread, batch, text.Value, caller, isReply: true, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        timeline.Announce(batch);
        return comment;
    }
}
