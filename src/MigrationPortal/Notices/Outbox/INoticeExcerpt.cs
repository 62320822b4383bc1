using MigrationPortal.Data;

namespace MigrationPortal.Notices.Outbox;

/// <summary>What somebody wrote that a mail about it may quote where <c>Notifications:CommentExcerpts</c> allows it. It is read when the mail is sent.</summary>
internal interface INoticeExcerpt
{
    /// <returns>One line; null for another kind of event, for what is gone, and for what must not leave the portal.</returns>
    Task<string?> FindAsync(PortalDbContext db, NoticeEvent happened, CancellationToken cancellationToken);
}
