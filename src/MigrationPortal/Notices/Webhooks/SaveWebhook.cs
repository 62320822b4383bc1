using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MigrationPortal.Audit;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Notices.Outbox;

namespace MigrationPortal.Notices.Webhooks;

/// <param name="Id">Null makes a new one.</param>
internal sealed record SaveWebhook(long? Id, string? Name, string? Url, WebhookFormat Format, IReadOnlyList<string> Kinds, string? PoolPairId);

/// <param name="Secret">Shown this once; null where an existing one was changed.</param>
internal sealed record SavedWebhook(Webhook Webhook, string? Secret);

/// <summary>Makes or changes a webhook. Where it may lead is the configuration's to say, not the administrator's.</summary>
internal sealed class SaveWebhookHandler(
    IDbContextFactory<PortalDbContext> databases, WebhookSecrets secrets, NoticeKinds kinds, IPoolPairNames pairs, IOptions<WebhooksOptions> options, AuditTrail audit, TimeProvider clock)
{
    private const string Doing = "change-webhook";
    private const int MaxName = 100;
    private const int MaxUrl = 2000;

    /// <summary>Each is asked in turn.</summary>
    private const int MostWebhooks = 50;

    public async Task<Outcome<SavedWebhook>> HandleAsync(SaveWebhook request, Caller caller, CancellationToken cancellationToken)
    {
        if (Refuse(request.PoolPairId, caller) is { } lacking)
            return lacking;
        if (await RefuseAsync(request, cancellationToken) is { } refusal)
            return refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (request.Id is null && await db.Set<Webhook>().CountAsync(cancellationToken) >= MostWebhooks)
            return new Refusal("webhooks-too-many", RefusalKind.Conflict, MostWebhooks);
        var secret = request.Id is null ? WebhookSignature.NewSecret() : null;
        var hook = request.Id is { } id
            ? await db.Set<Webhook>().FirstOrDefaultAsync(x => x.Id == id, cancellationToken)
            : new Webhook { Name = "", Url = "", Format = request.Format, Kinds = [], Secret = secrets.Seal(secret!), By = caller.Name, At = clock.GetUtcNow() };
        if (hook is null)
            return NotFound(request.Id!.Value);
        // Else one would be taken from those whose pool pair it is about.
        if (request.Id is not null && Refuse(hook.PoolPairId, caller) is { } outside)
            return outside;
        (hook.Name, hook.Url, hook.Format, hook.Kinds, hook.PoolPairId) = (request.Name!.Trim(), request.Url!.Trim(), request.Format, [.. request.Kinds], request.PoolPairId);
        if (request.Id is null)
            db.Add(hook);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException failure) when (failure.IsUniqueViolation("ux_webhooks_name"))
        {
            return new Refusal("webhook-name-taken", RefusalKind.Conflict, hook.Name);
        }

        await audit.RecordAsync(db, caller, "WebhookSet", Subject(hook.Id), hook.PoolPairId, Details(hook), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new SavedWebhook(hook, secret);
    }

    /// <summary>Null when the caller may have a webhook there, and change what is there.</summary>
    /// <param name="poolPairId">Null: every pool pair.</param>
    public static Refusal? Refuse(string? poolPairId, Caller caller) => Rights.RequireWhole(caller, Doing, [Role.Administrator], poolPairId, "out-of-scope.webhooks");

    public static Refusal NotFound(long id) => new("not-found.webhook", RefusalKind.NotFound, $"{id}");

    public static string Subject(long id) => "webhook:" + id.ToString(CultureInfo.InvariantCulture);

    // The path of an address is often a secret itself.
    public static Dictionary<string, string?> Details(Webhook hook) => new(StringComparer.Ordinal)
    {
        ["name"] = hook.Name, ["host"] = new Uri(hook.Url).Host, ["format"] = hook.Format.ToString(), ["kinds"] = string.Join(", ", hook.Kinds),
    };

    private async Task<Refusal?> RefuseAsync(SaveWebhook request, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(request.Name) || request.Name.Trim().Length > MaxName)
            return new("webhook-name", RefusalKind.Invalid, MaxName);
        if (request.Url is not { Length: <= MaxUrl } text || !Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url) || url.UserInfo.Length > 0 || !(url.Scheme == Uri.UriSchemeHttps || url is { Scheme: "http", IsLoopback: true }))
            return new("webhook-url", RefusalKind.Invalid);
        if (!options.Value.Allows(url))
            return new("webhook-host", RefusalKind.Invalid, url.Host);
        if (request.Kinds.FirstOrDefault(x => kinds.Find(x) is null) is { } unknown)
            return new("notice-kind-unknown", RefusalKind.Invalid, unknown, kinds.All.Select(x => x.Name));
        return request.PoolPairId is { } pair && (await pairs.ListAsync(cancellationToken)).All(x => x.Id != pair) ? new("pool-pair-not-found.unknown", RefusalKind.NotFound, pair) : null;
    }
}
