using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.SignIn.People;
using MigrationPortal.Ui;

namespace MigrationPortal.Comments.Writing;

/// <summary>Tells whom a comment mentions, and who took part in its thread.</summary>
internal sealed class CommentAudience : INoticeAudience
{
    public const string Mentioned = "Mentioned";
    public const string Replied = "Replied";

    private const string CommentKey = "comment";

    public static IEnumerable<NoticeEvent> Of(CommentThread thread, Comment comment, Batch batch, Caller by, bool isReply, IReadOnlyList<long> mentioned, DateTimeOffset at)
    {
        if (mentioned.Count > 0)
            yield return New(Mentioned, new("Notice.Mentioned", by.DisplayName), thread, comment, batch, by, at);
        if (isReply)
            yield return New(Replied, new("Notice.Replied", by.DisplayName), thread, comment, batch, by, at);
    }

    /// <returns>Null for an event about something else.</returns>
    public static long? IdOf(NoticeEvent happened) =>
        long.TryParse(happened.Values.GetValueOrDefault(CommentKey), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    public bool Knows(string kind) => kind is Mentioned or Replied;

    /// <summary>Nobody any more, once the comment is gone; never who may not read the place.</summary>
    public async Task<IEnumerable<PersonRights>> FindAsync(PortalDbContext db, NoticeEvent happened, IReadOnlyList<PersonRights> people, CancellationToken cancellationToken)
    {
        if (IdOf(happened) is not { } id || await db.Set<Comment>().AsNoTracking().FirstOrDefaultAsync(x => x.Id == id, cancellationToken) is not { IsShown: true } comment)
            return [];
        var thread = await db.Set<CommentThread>().AsNoTracking().SingleAsync(x => x.Id == comment.ThreadId, cancellationToken);
        var mentioned = await db.Set<CommentMention>().Where(x => x.CommentId == id).Select(x => x.PersonId).ToListAsync(cancellationToken);
        var talked = happened.Kind == Mentioned ? [] : await db.Set<Comment>().Where(x => x.ThreadId == thread.Id).Select(x => x.By).Distinct().ToListAsync(cancellationToken);
        var concerned = people.Where(x => x.Id is { } person && (happened.Kind == Mentioned
            ? mentioned.Contains(person)
            : !mentioned.Contains(person) && (talked.Contains(x.Name) || x.Name == thread.By))).ToList();
        var reaching = new List<PersonRights>();
        foreach (var person in concerned)
        {
            if (await ThreadReach.RefuseAsync(db, person.ToCaller(), happened.PoolPairId ?? "", thread.Anchor, cancellationToken) is null)
                reaching.Add(person);
        }

        return reaching;
    }

    private static NoticeEvent New(string kind, Wording sentence, CommentThread thread, Comment comment, Batch batch, Caller by, DateTimeOffset at) => new()
    {
        Kind = kind,
        Subject = BatchSubject.Of(batch.Id),
        PoolPairId = batch.PoolPairId,
        By = by.Name,
        At = at,
        Title = batch.Name,
        Sentence = sentence,
        Url = Urls.BatchThread(batch.Id, thread.Id, batch.PoolPairId),
        Values = new(StringComparer.Ordinal) { [CommentKey] = comment.Id.ToString(CultureInfo.InvariantCulture) },
    };
}
