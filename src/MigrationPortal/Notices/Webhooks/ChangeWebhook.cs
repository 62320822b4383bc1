using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MigrationPortal.Audit;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Notices.Deliveries;

namespace MigrationPortal.Notices.Webhooks;

/// <summary>Removes a webhook, gives it a new secret, or tries it.</summary>
internal sealed class ChangeWebhookHandler(
    IDbContextFactory<PortalDbContext> databases, WebhookSecrets secrets, WebhookClient client, IOptions<NotificationsOptions> options, AuditTrail audit, TimeProvider clock)
{
    public async Task<Outcome<bool>> RemoveAsync(long id, Caller caller, CancellationToken cancellationToken)
    {
        if (Refuse(caller) is { } lacking)
            return lacking;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var found = await FindAsync(db.Set<Webhook>(), id, caller, cancellationToken);
        if (!found.IsDone)
            return found.Refusal;
        var hook = found.Value;
        db.Remove(hook);
        await db.SaveChangesAsync(cancellationToken);
        var channel = hook.Channel;
        await db.Set<Delivery>().Where(x => x.Channel == channel && x.State == DeliveryState.Waiting).ExecuteUpdateAsync(set => set.SetProperty(x => x.State, DeliveryState.Superseded), cancellationToken);
        await audit.RecordAsync(db, caller, "WebhookRemoved", SaveWebhookHandler.Subject(id), hook.PoolPairId, SaveWebhookHandler.Details(hook), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>A new secret; until <paramref name="isFinal"/>, the one before signs as well.</summary>
    /// <returns>The secret that counts now, shown this once; empty where the former one was dropped.</returns>
    public async Task<Outcome<string>> RotateAsync(long id, bool isFinal, Caller caller, CancellationToken cancellationToken)
    {
        if (Refuse(caller) is { } lacking)
            return lacking;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var found = await FindAsync(db.Set<Webhook>(), id, caller, cancellationToken);
        if (!found.IsDone)
            return found.Refusal;
        var hook = found.Value;
        var secret = isFinal ? "" : WebhookSignature.NewSecret();
        (hook.FormerSecret, hook.Secret) = isFinal ? (null, hook.Secret) : (hook.Secret, secrets.Seal(secret));
        await db.SaveChangesAsync(cancellationToken);
        await audit.RecordAsync(db, caller, isFinal ? "WebhookSecretDropped" : "WebhookSecretChanged", SaveWebhookHandler.Subject(id), hook.PoolPairId, SaveWebhookHandler.Details(hook), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return secret;
    }

    /// <returns>The status, or what failed; not what the receiver wrote.</returns>
    public async Task<Outcome<Wording>> TestAsync(long id, Caller caller, CancellationToken cancellationToken)
    {
        if (Refuse(caller) is { } lacking)
            return lacking;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await FindAsync(db.Set<Webhook>().AsNoTracking(), id, caller, cancellationToken);
        if (!found.IsDone)
            return found.Refusal;
        var hook = found.Value;
        var tried = new Outbox.NoticeEvent
        {
            Kind = "Test", Subject = SaveWebhookHandler.Subject(id), By = caller.Name, At = clock.GetUtcNow(), Title = hook.Name, Sentence = new("Notice.Test"), Url = "/administration/webhooks",
        };
        return (await client.PostAsync(hook, $"test-{Guid.NewGuid():n}", WebhookBody.Of(tried, hook.Format, options.Value.Absolute(tried.Url)), cancellationToken)).Answer;
    }

    private static async Task<Outcome<Webhook>> FindAsync(IQueryable<Webhook> hooks, long id, Caller caller, CancellationToken cancellationToken)
    {
        if (await hooks.FirstOrDefaultAsync(x => x.Id == id, cancellationToken) is not { } hook)
            return SaveWebhookHandler.NotFound(id);
        return SaveWebhookHandler.Refuse(hook.PoolPairId, caller) is { } outside ? outside : hook;
    }

    private static Refusal? Refuse(Caller caller) => Rights.Require(caller, Role.Administrator, "change-webhook");
}
