using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Comments;

internal sealed record AddComment(long BatchId, string? Text);

/// <summary>Everybody who reads a batch may ask about it.</summary>
internal sealed class AddCommentHandler(IDbContextFactory<PortalDbContext> databases, BatchTimeline timeline, TimeProvider clock)
{
    public async Task<Outcome<BatchComment>> HandleAsync(AddComment request, Caller caller, CancellationToken cancellationToken)
    {
        var text = BatchText.Comment(request.Text, "Text.Comment");
        if (!text.IsDone)
            return text.Refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var batch = await BatchReads.FindAsync(db, request.BatchId, cancellationToken);
        if (batch is null)
            return BatchRefusals.NotFound(request.BatchId);
        var comment = new BatchComment { BatchId = batch.Id, By = caller.Name, At = clock.GetUtcNow(), Text = text.Value };
        db.Add(comment);
        await db.SaveChangesAsync(cancellationToken);
        timeline.Announce(batch);
        return comment;
    }
}
