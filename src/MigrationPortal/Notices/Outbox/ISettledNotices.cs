using MigrationPortal.Data;

namespace MigrationPortal.Notices.Outbox;

/// <summary>Whether what a kind of event told of is over: asked before a mail leaves, which would come too late. The bell keeps it.</summary>
internal interface ISettledNotices
{
    bool Knows(string kind);

    Task<bool> IsSettledAsync(PortalDbContext db, NoticeEvent happened, CancellationToken cancellationToken);
}
