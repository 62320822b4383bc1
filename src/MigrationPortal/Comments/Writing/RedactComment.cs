using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Comments.Writing;

internal sealed record RedactComment(long CommentId, string? Reason);

/// <summary>An administrator removes a text that must not stand here (a password, say), with everything it ever was. Who and why stay.</summary>
internal sealed class RedactCommentHandler(IDbContextFactory<PortalDbContext> databases, AuditTrail audit, BatchTimeline timeline, TimeProvider clock)
{
    public async Task<Outcome<bool>> HandleAsync(RedactComment request, Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.Require(caller, Role.Administrator, "redact-comment") is { } lacking)
            return lacking;
        var reason = BatchText.Reason(request.Reason, "Text.Reason");
        if (!reason.IsDone)
            return reason.Refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var found = await OwnComment.LockAsync(db, request.CommentId, cancellationToken);
        if (!found.IsDone)
            return found.Refusal;
        var (comment, _, batch) = found.Value;
        if (await BatchScope.RefuseAsync(db, caller, "redact-comment", Role.Administrator, batch, cancellationToken) is { } outside)
            return outside;
        if (comment.RedactedAt is not null)
            return new Refusal("comment-gone", RefusalKind.Conflict);
        await db.Set<CommentMention>().Where(x => x.CommentId == comment.Id).ExecuteDeleteAsync(cancellationToken);
        await db.Set<CommentVersion>().Where(x => x.CommentId == comment.Id).ExecuteDeleteAsync(cancellationToken);
        var now = clock.GetUtcNow();
        await db.Set<Comment>().Where(x => x.Id == comment.Id).ExecuteUpdateAsync(
            set => set
                .SetProperty(x => x.Text, "")
                .SetProperty(x => x.Version, x => x.Version + 1)
                .SetProperty(x => x.RedactedAt, now)
                .SetProperty(x => x.RedactedBy, caller.Name)
                .SetProperty(x => x.RedactedReason, reason.Value),
            cancellationToken);
        var details = new Dictionary<string, string?>(StringComparer.Ordinal) { ["comment"] = $"{comment.Id}", ["author"] = comment.By, ["reason"] = reason.Value };
        await audit.RecordAsync(db, caller, "CommentRedacted", BatchSubject.Of(batch.Id), batch.PoolPairId, details, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        timeline.Announce(batch);
        return true;
    }
}
