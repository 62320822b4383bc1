using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Comments.Formatting;
using MigrationPortal.Data;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Comments.Writing;

/// <summary>The beginning of a comment for a mail. Never of a thread about a message: what is said there may repeat it.</summary>
internal sealed class CommentExcerpts(PersonNames names) : INoticeExcerpt
{
    private const int Longest = 300;

    public async Task<string?> FindAsync(PortalDbContext db, NoticeEvent happened, CancellationToken cancellationToken)
    {
        if (CommentAudience.IdOf(happened) is not { } id)
            return null;
        var text = await (
            from comment in db.Set<Comment>().AsNoTracking()
            join thread in db.Set<CommentThread>() on comment.ThreadId equals thread.Id
            where comment.Id == id && thread.AnchorKind != AnchorKind.Message && comment.DeletedAt == null && comment.RedactedBy == null
            select comment.Text).FirstOrDefaultAsync(cancellationToken);
        if (string.IsNullOrWhiteSpace(text))
            return null;
        return CommentHtml.Excerpt(text, await names.ByNumberAsync(MentionTokens.Read(text), cancellationToken), Longest);
    }
}
