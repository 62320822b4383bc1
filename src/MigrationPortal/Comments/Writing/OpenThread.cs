using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Comments.Writing;

/// <param name="Must">Has to be resolved before approvals suffice, where the review policy asks for that.</param>
internal sealed record OpenThread(long BatchId, Anchor About, string? Text, bool Must = false);

/// <summary>Everybody who reads a batch may ask about it, or about a part of it.</summary>
internal sealed class OpenThreadHandler(IDbContextFactory<PortalDbContext> databases, KeepComment keep, ThreadWatches watches, BatchTimeline timeline, TimeProvider clock)
{
    public async Task<Outcome<Comment>> HandleAsync(OpenThread request, Caller caller, CancellationToken cancellationToken)
    {
        var text = BatchText.Comment(request.Text, "Text.Comment");
        if (!text.IsDone)
            return text.Refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // A thread that blocks is counted with the approvals, one after the other.
        var batch = request.Must ? await BatchMoves.LockAsync(db, request.BatchId, cancellationToken) : await BatchReads.FindAsync(db, request.BatchId, cancellationToken);
        if (batch is null)
            return BatchRefusals.NotFound(request.BatchId);
        if (await RefuseAsync(db, batch, request.About, text.Value, caller, cancellationToken) is { } refusal)
            return refusal;
        var thread = new CommentThread
        {
            BatchId = batch.Id,
            AnchorKind = request.About.Kind,
            AnchorKey = request.About.Key,
            RoomId = request.About.RoomId,
            Fingerprint = batch.Fingerprint,
            Must = request.Must,
            By = caller.Name,
            At = clock.GetUtcNow(),
        };
        db.Add(thread);
        await db.SaveChangesAsync(cancellationToken);
        var comment = await keep.AddAsync(db, thread, batch, text.Value, caller, isReply: false, cancellationToken);
        if (request.Must)
            await watches.TellAsync(db, batch, caller, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        timeline.Announce(batch);
        return comment;
    }

    private async Task<Refusal?> RefuseAsync(PortalDbContext db, Batch batch, Anchor about, string text, Caller caller, CancellationToken cancellationToken)
    {
        if (await ThreadReach.RefuseAsync(db, caller, batch.PoolPairId, about, cancellationToken) is { } outside)
            return outside;
        if (about.RoomId is { } room && !await BatchReads.Rooms(db).AnyAsync(x => x.BatchId == batch.Id && x.RoomId == room, cancellationToken))
            return new("anchor-not-in-batch", RefusalKind.Invalid, $"{room}", batch.Name);
        return await keep.RefuseAsync(db, batch, about, text, cancellationToken);
    }
}
