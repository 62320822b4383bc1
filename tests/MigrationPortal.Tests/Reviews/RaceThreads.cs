using Microsoft.EntityFrameworkCore;
using MigrationPortal.Comments;
using MigrationPortal.Comments.Writing;
using MigrationPortal.Data;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Reviews;

/// <summary>Threads of one batch that have to be resolved before its approvals suffice, where its policy asks for that.</summary>
internal sealed class RaceThreads(BatchWorld world, long batch)
{
    public async Task<bool> OpenAsync(PortalApp node, Caller by) =>
        (await node.Get<OpenThreadHandler>().HandleAsync(new OpenThread(batch, Anchor.Batch, "Why this name?", Must: true), by, CancellationToken.None)).IsDone;

    /// <summary>All that are open; others may be faster.</summary>
    public Task<bool> ResolveAsync(PortalApp node, Caller by) => SettleAsync(node, by, isResolved: true);

    /// <summary>Nearly nobody resolves by chance what was begun by chance.</summary>
    public async Task<bool> ReopenAsync(PortalApp node, Caller by) =>
        await SettleAsync(node, by, isResolved: false)
        || (await OpenAsync(node, by) && await ResolveAsync(node, by) && await SettleAsync(node, by, isResolved: false));

    public Task<int> CountOpenAsync(PortalDbContext db) => db.Set<CommentThread>().CountAsync(x => x.BatchId == batch && x.Must && x.ResolvedAt == null);

    private async Task<bool> SettleAsync(PortalApp node, Caller by, bool isResolved)
    {
        await using var db = world.Database.OpenPortal();
        var threads = await db.Set<CommentThread>().Where(x => x.BatchId == batch && (x.ResolvedAt == null) == isResolved).Select(x => x.Id).ToListAsync();
        var isDone = false;
        foreach (var thread in threads)
            isDone |= (await node.Get<SettleThreadHandler>().HandleAsync(new SettleThread(thread, isResolved), by, CancellationToken.None)).IsDone;
        return isDone;
    }
}
