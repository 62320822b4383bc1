using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Comments.Writing;

/// <param name="IsResolved">False opens it again.</param>
internal sealed record SettleThread(long ThreadId, bool IsResolved);

/// <summary>Resolves a thread or opens it again: whoever began it, the batch's author, planners and approvers.</summary>
internal sealed class SettleThreadHandler(IDbContextFactory<PortalDbContext> databases, ThreadWatches watches, BatchTimeline timeline, TimeProvider clock)
{
    public async Task<Outcome<bool>> HandleAsync(SettleThread request, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var found = await ThreadReads.LockAsync(db, request.ThreadId, cancellationToken);
        if (!found.IsDone)
            return found.Refusal;
        var (seen, batch) = found.Value;
        if (await ThreadReach.RefuseAsync(db, caller, batch.PoolPairId, seen.Anchor, cancellationToken) is { } outside)
            return outside;
        if (DisabledReason(seen.By, batch.Author, caller) is { } lacking)
            return lacking;
        DateTimeOffset? now = request.IsResolved ? clock.GetUtcNow() : null;
        var by = request.IsResolved ? caller.Name : null;
        var changed = await db.Set<CommentThread>().Where(x => x.Id == seen.Id && (x.ResolvedAt == null) == request.IsResolved)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.ResolvedAt, now).SetProperty(x => x.ResolvedBy, by), cancellationToken);
        if (changed == 0)
            return new Refusal(request.IsResolved ? "thread-settled.resolved" : "thread-settled.open", RefusalKind.Conflict);
        if (seen.Must)
            await watches.TellAsync(db, batch, caller, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        timeline.Announce(batch);
        return true;
    }

    /// <summary>Null when this person may.</summary>
    public static Refusal? DisabledReason(string threadAuthor, string batchAuthor, Caller caller) =>
        caller.Name == threadAuthor || caller.Name == batchAuthor ? null : Rights.RequireAny(caller, "resolve-thread", Role.Planner, Role.Approver);
}
