using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Comments.Viewing;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Comments;

/// <summary>Threads stay when a plan changes, and go with a deleted draft.</summary>
internal sealed class ThreadsOfBatch : IBatchDependent
{
    public Task<IReadOnlyList<TimelineEntry>> VoidAsync(PortalDbContext db, Batch batch, Caller by, Wording because, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<TimelineEntry>>([]);

    public async Task DeleteAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken)
    {
        var comments = db.Set<Comment>().Where(x => x.BatchId == batchId);
        await db.Set<CommentMention>().Where(x => comments.Any(c => c.Id == x.CommentId)).ExecuteDeleteAsync(cancellationToken);
        await db.Set<CommentVersion>().Where(x => comments.Any(c => c.Id == x.CommentId)).ExecuteDeleteAsync(cancellationToken);
        await comments.ExecuteDeleteAsync(cancellationToken);
        await db.Set<CommentThread>().Where(x => x.BatchId == batchId).ExecuteDeleteAsync(cancellationToken);
    }
}

/// <summary>What the page of a batch shows.</summary>
/// <param name="Items">At most two hundred.</param>
/// <param name="Open">Of all, listed or not.</param>
internal sealed record ThreadsOfView(long Total, IReadOnlyList<ThreadView> Items, OpenThreads Open) : ICommentCounts
{
    /// <summary>Of all, listed or not.</summary>
    public int OpenCount => Open.ByThing.Values.Sum();

    /// <summary>Of all, listed or not. What was begun between the two readings is neither.</summary>
    public long ResolvedCount => Math.Max(Total - OpenCount, Items.Count(x => !x.Thread.IsOpen));

    public int CountOpen(string about) => Open.ByThing.GetValueOrDefault(Anchor.Read(about) is { IsDone: true } read ? Open.Categories.ThingOf(read.Value) : about);

    /// <summary>It is one of those that <see cref="CountOpen"/> counts.</summary>
    public bool IsAbout(ThreadView thread, Anchor about) => Open.Categories.ThingOf(thread.Thread.Anchor) == Open.Categories.ThingOf(about);
}

internal sealed class ReadThreads(ThreadQueries queries) : IBatchViewPart
{
    private const int Most = 200;

    public async Task<object> ReadAsync(long batchId, Caller caller, CancellationToken cancellationToken)
    {
        var categories = new AnchoredCategories();
        var page = await queries.ListAsync(batchId, caller, new Paging(0, Most), cancellationToken, categories);
        return new ThreadsOfView(page?.Total ?? 0, page?.Items ?? [], await queries.CountOpenAsync(batchId, caller, cancellationToken, categories));
    }
}
