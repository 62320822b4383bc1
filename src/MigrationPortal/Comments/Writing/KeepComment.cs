using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Comments.Formatting;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Comments.Writing;

/// <summary>Adds a comment to a thread within the transaction of whoever began or answers it.</summary>
internal sealed class KeepComment(Mentions mentions, TimeProvider clock)
{
    /// <summary>A longer conversation goes on in a thread of its own: a page reads a thread whole.</summary>
    public const int MostOfThread = 500;

    /// <summary>Null when it may stand there.</summary>
    public Task<Refusal?> RefuseAsync(PortalDbContext db, Batch batch, Anchor anchor, string text, CancellationToken cancellationToken) =>
        mentions.RefuseAsync(db, batch.PoolPairId, anchor, MentionTokens.Read(text), cancellationToken);

    /// <param name="isReply">Whoever took part in the thread is told.</param>
    public async Task<Comment> AddAsync(PortalDbContext db, CommentThread thread, Batch batch, string text, Caller caller, bool isReply, CancellationToken cancellationToken)
    {
        var comment = new Comment
        {
            ThreadId = thread.Id, BatchId = thread.BatchId, By = caller.Name, PersonId = caller.PersonId, At = clock.GetUtcNow(), Text = text,
        };
        db.Add(comment);
        await db.SaveChangesAsync(cancellationToken);
        var mentioned = MentionTokens.Read(text);
        db.AddRange(mentioned.Select(x => new CommentMention { CommentId = comment.Id, PersonId = x }));
        db.AddRange(CommentAudience.Of(thread, comment, batch, caller, isReply, mentioned, comment.At));
        await db.SaveChangesAsync(cancellationToken);
        return comment;
    }

    /// <summary>Replaces the text and keeps what it was.</summary>
    /// <returns>Who is mentioned now and was not before.</returns>
    public async Task<IReadOnlyList<long>> ReplaceAsync(PortalDbContext db, Comment comment, string text, CancellationToken cancellationToken)
    {
        db.Add(new CommentVersion { CommentId = comment.Id, Version = comment.Version, Text = comment.Text, At = clock.GetUtcNow() });
        var before = await db.Set<CommentMention>().Where(x => x.CommentId == comment.Id).Select(x => x.PersonId).ToListAsync(cancellationToken);
        var now = MentionTokens.Read(text);
        await db.Set<CommentMention>().Where(x => x.CommentId == comment.Id && !now.Contains(x.PersonId)).ExecuteDeleteAsync(cancellationToken);
        var added = now.Except(before).ToList();
        db.AddRange(added.Select(x => new CommentMention { CommentId = comment.Id, PersonId = x }));
        await db.SaveChangesAsync(cancellationToken);
        return added;
    }
}
