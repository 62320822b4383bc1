using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Comments;

/// <summary>An open thread, with what decides whose turn it is.</summary>
/// <param name="Last">The newest comment that is shown.</param>
/// <param name="Mentions">Accounts with the newest comment that mentions them.</param>
/// <param name="Written">Accounts with the newest comment that is theirs.</param>
internal sealed record WaitingThread(
    CommentThread Thread, string PoolPairId, string BatchName, string Author, Comment Last, IReadOnlyDictionary<string, long> Mentions, IReadOnlyDictionary<string, long> Written)
{
    /// <summary>They were mentioned and have written nothing since.</summary>
    public bool AwaitsMentioned(string account) => Mentions.TryGetValue(account, out var asked) && asked > Written.GetValueOrDefault(account);

    /// <summary>The thread is about their batch, and somebody else wrote last.</summary>
    public bool AwaitsAuthor(string account) => Author == account && Last.By != account;
}

/// <summary>Open threads of everybody, whose turn each is being judged by whoever asks.</summary>
internal sealed class WaitingThreads(IDbContextFactory<PortalDbContext> databases)
{
    // The newest.
    private const int Most = 1_000;

    public async Task<IReadOnlyList<WaitingThread>> ListAsync(string? poolPairId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var open = await (
            from thread in db.Set<CommentThread>().AsNoTracking()
            join batch in BatchReads.All(db) on thread.BatchId equals batch.Id
            where thread.ResolvedAt == null && (poolPairId == null || batch.PoolPairId == poolPairId)
            orderby thread.Id descending
            select new { Thread = thread, batch.PoolPairId, batch.Name, batch.Author }).Take(Most).ToListAsync(cancellationToken);
        if (open.Count == 0)
            return [];
        var ids = open.Select(x => x.Thread.Id).ToArray();
        var shown = db.Set<Comment>().AsNoTracking().Where(x => ids.Contains(x.ThreadId) && x.DeletedAt == null && x.RedactedAt == null);
        var last = await shown.Where(x => !shown.Any(later => later.ThreadId == x.ThreadId && later.Id > x.Id)).ToDictionaryAsync(x => x.ThreadId, cancellationToken);
        var written = await shown.GroupBy(x => new { x.ThreadId, x.By }).Select(x => new { x.Key.ThreadId, x.Key.By, Id = x.Max(one => one.Id) }).ToListAsync(cancellationToken);
        var mentions = await (
            from comment in shown
            join mention in db.Set<CommentMention>() on comment.Id equals mention.CommentId
            join person in PeopleReads.All(db) on mention.PersonId equals person.Id
            group comment.Id by new { comment.ThreadId, person.Name } into of
            select new { of.Key.ThreadId, By = of.Key.Name, Id = of.Max() }).ToListAsync(cancellationToken);
        var (byWriter, byMention) = (written.ToLookup(x => x.ThreadId), mentions.ToLookup(x => x.ThreadId));
        return
        [
            .. from one in open
               where last.ContainsKey(one.Thread.Id)
               select new WaitingThread(
                   one.Thread, one.PoolPairId, one.Name, one.Author, last[one.Thread.Id],
                   byMention[one.Thread.Id].ToDictionary(x => x.By, x => x.Id, StringComparer.Ordinal),
                   byWriter[one.Thread.Id].ToDictionary(x => x.By, x => x.Id, StringComparer.Ordinal)),
        ];
    }
}
