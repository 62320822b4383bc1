using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Audit.Anchors;
using MigrationPortal.Data;
using MigrationPortal.Notices.Webhooks;
using MigrationPortal.Ui;

namespace MigrationPortal.Notices.Outbox;

/// <summary>
/// After each hourly check that finds the audit log intact: sends its head to webhooks that asked for it, so that another system keeps what nobody can write
/// again. People are not told.
/// </summary>
internal sealed class AnchorNotices(IDbContextFactory<PortalDbContext> databases, NoticeOutbox outbox) : IAnchorReceiver
{
    public const string Anchored = "AuditAnchored";

    /// <summary>Of the head, in the values of the event.</summary>
    public const string Id = "id", Hash = "hash", Count = "count", At = "at";

    public async Task TakeAsync(AuditAnchor head, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (!await db.Set<Webhook>().AnyAsync(x => x.Kinds.Contains(Anchored), cancellationToken))
            return;
        var (number, hash) = (head.Id.ToString(CultureInfo.InvariantCulture), Convert.ToHexStringLower(head.Hash));
        await outbox.TellOnceAsync(
            db,
            new NoticeEvent
            {
                Kind = Anchored,
                Subject = $"audit:{number}",
                By = Caller.Portal.Name,
                At = head.At,
                Title = "MigrationPortal",
                Sentence = new("Notice.AuditAnchored", number, hash),
                Url = Urls.Audit(),
                OnceKey = $"audit-anchored:{number}",
                Values = new(StringComparer.Ordinal)
                {
                    [Id] = number, [Hash] = hash, [Count] = head.Count.ToString(CultureInfo.InvariantCulture), [At] = head.At.ToString("O", CultureInfo.InvariantCulture),
                },
            },
            cancellationToken);
    }
}
