using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Comments;

/// <summary>It is somebody's turn in an open thread.</summary>
/// <param name="IsMentioned">They were mentioned and have written nothing since; otherwise the thread is about a batch that they created or submitted last, and somebody else wrote last.</param>
internal sealed record ThreadTurn(long ThreadId, string PoolPairId, AnchorKind AnchorKind, string Account, bool IsMentioned);

/// <summary>An open thread, as whoever's turn it is reads of it.</summary>
internal sealed record WaitingThread(long Id, long BatchId, string PoolPairId, string BatchName, LastComment Last);

/// <summary>The newest comment of a thread that is shown.</summary>
/// <param name="Text">How it begins.</param>
internal sealed record LastComment(long Id, string By, DateTimeOffset At, string Text);

/// <summary>Open threads in which it is somebody's turn.</summary>
internal sealed class WaitingThreads(IDbContextFactory<PortalDbContext> databases)
{
    // Of a text with its marks: a line of a list shows less.
    private const int Beginning = 1000;

    /// <summary>Of everybody, and all of them: a turn that is left out is neither listed nor counted. Bounded by the comments that wait for an answer, a few words each.</summary>
    public async Task<IReadOnlyList<ThreadTurn>> ListTurnsAsync(string? poolPairId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var shown = Shown(db);
        var mentioned = await (
            from thread in Open(db)
            join batch in BatchReads.All(db) on thread.BatchId equals batch.Id
            join comment in shown on thread.Id equals comment.ThreadId
            join mention in db.Set<CommentMention>() on comment.Id equals mention.CommentId
            join person in PeopleReads.All(db) on mention.PersonId equals person.Id
            where (poolPairId == null || batch.PoolPairId == poolPairId)
                && !shown.Any(own => own.ThreadId == comment.ThreadId && own.By == person.Name && own.Id >= comment.Id)
            select new { thread.Id, batch.PoolPairId, thread.AnchorKind, person.Name }).Distinct().ToListAsync(cancellationToken);
        var asked = await (
            from thread in Open(db)
            join batch in BatchReads.All(db) on thread.BatchId equals batch.Id
            join last in shown on thread.Id equals last.ThreadId
            where (poolPairId == null || batch.PoolPairId == poolPairId)
                && last.By != batch.Author && !shown.Any(later => later.ThreadId == last.ThreadId && later.Id > last.Id)
            select new { thread.Id, batch.PoolPairId, thread.AnchorKind, batch.Author }).ToListAsync(cancellationToken);
        var submitted = await (
            from thread in Open(db)
            join batch in BatchReads.All(db) on thread.BatchId equals batch.Id
            join last in shown on thread.Id equals last.ThreadId
            join submission in BatchReads.LastSubmissions(db) on batch.Id equals submission.BatchId
            where (poolPairId == null || batch.PoolPairId == poolPairId)
                && submission.By != batch.Author && last.By != submission.By && !shown.Any(later => later.ThreadId == last.ThreadId && later.Id > last.Id)
            select new { thread.Id, batch.PoolPairId, thread.AnchorKind, submission.By }).ToListAsync(cancellationToken);
        return
        [
            .. mentioned.Select(x => new ThreadTurn(x.Id, x.PoolPairId, x.AnchorKind, x.Name, IsMentioned: true)),
            .. asked.Select(x => new ThreadTurn(x.Id, x.PoolPairId, x.AnchorKind, x.Author, IsMentioned: false)),
            .. submitted.Select(x => new ThreadTurn(x.Id, x.PoolPairId, x.AnchorKind, x.By, IsMentioned: false)),
        ];
    }

    /// <summary>What is told of these threads; one that was resolved since is not among them. Bounded by the threads that wait, the beginning of one comment each.</summary>
    public async Task<IReadOnlyList<WaitingThread>> ListAsync(IReadOnlyCollection<long> threadIds, CancellationToken cancellationToken)
    {
        if (threadIds.Count == 0)
            return [];
        var ids = threadIds.ToArray();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var shown = Shown(db);
        return await (
            from thread in Open(db)
            join batch in BatchReads.All(db) on thread.BatchId equals batch.Id
            join last in shown on thread.Id equals last.ThreadId
            where ids.Contains(thread.Id) && !shown.Any(later => later.ThreadId == last.ThreadId && later.Id > last.Id)
            orderby thread.Id descending
            select new WaitingThread(
                thread.Id, thread.BatchId, batch.PoolPairId, batch.Name, new LastComment(last.Id, last.By, last.At, last.Text.Substring(0, Beginning)))).ToListAsync(cancellationToken);
    }

    private static IQueryable<CommentThread> Open(PortalDbContext db) => db.Set<CommentThread>().AsNoTracking().Where(x => x.ResolvedAt == null);

    private static IQueryable<Comment> Shown(PortalDbContext db) => db.Set<Comment>().AsNoTracking().Where(x => x.DeletedAt == null && x.RedactedAt == null);
}
