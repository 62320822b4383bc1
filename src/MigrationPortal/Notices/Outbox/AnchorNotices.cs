using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Audit.Anchors;
using MigrationPortal.Data;
using MigrationPortal.Jobs;
using MigrationPortal.Notices.Webhooks;
using MigrationPortal.Ui;

namespace MigrationPortal.Notices.Outbox;

/// <summary>
/// Twice a minute: has the head that the last check of the audit log covered sent to webhooks that asked for it, once, so that another system keeps what
/// nobody can write again. People are not told.
/// </summary>
internal sealed class AnchorNotices(AnchorQueries anchors, IDbContextFactory<PortalDbContext> databases, NoticeOutbox outbox) : IUnfinishedWork
{
    public const string Anchored = "AuditAnchored";

    /// <summary>Of the head, in the values of the event.</summary>
    public const string Id = "id", Hash = "hash", Count = "count", At = "at";

    public Task EnqueueAsync(JobQueue jobs, CancellationToken cancellationToken) => TellAsync(cancellationToken);

    /// <returns>Whether it was handed to the outbox now.</returns>
    public async Task<bool> TellAsync(CancellationToken cancellationToken)
    {
        if (await anchors.FindHeadAsync(cancellationToken) is not { } head)
            return false;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (!await db.Set<Webhook>().AnyAsync(x => x.Kinds.Contains(Anchored), cancellationToken))
            return false;
        var (number, hash) = (head.Id.ToString(CultureInfo.InvariantCulture), Convert.ToHexStringLower(head.Hash));
        return await outbox.TellOnceAsync(
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
