using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Audit.Anchors;
using MigrationPortal.Data;
using MigrationPortal.Jobs;
using MigrationPortal.Ui;

namespace MigrationPortal.Notices.Outbox;

/// <summary>Twice a minute: tells auditors and administrators, once for each fault that the hourly check finds, that the audit log does not hold.</summary>
internal sealed class AuditNotices(AnchorQueries anchors, IDbContextFactory<PortalDbContext> databases, NoticeOutbox outbox, TimeProvider clock) : IUnfinishedWork
{
    public const string Broken = "AuditBroken";

    public Task EnqueueAsync(JobQueue jobs, CancellationToken cancellationToken) => TellAsync(cancellationToken);

    /// <returns>Whether it was sent now.</returns>
    public async Task<bool> TellAsync(CancellationToken cancellationToken)
    {
        if (await anchors.FindProblemAsync(cancellationToken) is not { Broken: { } reason, Since: { } since })
            return false;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var happened = new NoticeEvent
        {
            Kind = Broken,
            Subject = "audit:0",
            By = Caller.Portal.Name,
            At = clock.GetUtcNow(),
            Title = "MigrationPortal",
            Sentence = new("Notice.AuditBroken"),
            Detail = reason,
            Url = Urls.Audit(),
            OnceKey = $"audit-broken:{since.ToString("O", CultureInfo.InvariantCulture)}:{Short(reason)}",
        };
        return await outbox.TellOnceAsync(db, happened, cancellationToken);
    }

    // Another entry that does not fit is another fault.
    private static string Short(Engine.Wording reason) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(WordedText.Store(reason))))[..16];
}
