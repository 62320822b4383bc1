using System.Globalization;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Lists;

namespace MigrationPortal.Notices.Webhooks;

internal sealed record WebhookBodyJson(string? Name, string? Url, WebhookFormat Format = WebhookFormat.Json, IReadOnlyList<string>? Kinds = null, string? PoolPairId = null);

/// <param name="Secret">Only in the answer that made it.</param>
internal sealed record WebhookJson(
    string Id, string Name, string Url, WebhookFormat Format, IReadOnlyList<string> Kinds, string? PoolPairId, string By, DateTimeOffset At, bool HasFormerSecret, string? Secret = null)
{
    public static WebhookJson Of(Webhook hook, string? secret = null) => new(
        hook.Id.ToString(CultureInfo.InvariantCulture), hook.Name, hook.Url, hook.Format, hook.Kinds, hook.PoolPairId, hook.By, hook.At, hook.FormerSecret is not null, secret);
}

/// <param name="IsFinal">True drops the former secret; else a new one is made and both sign.</param>
internal sealed record SecretBody(bool IsFinal = false);

internal sealed record SecretJson(string Secret);

internal sealed record TestJson(string Answer);

internal sealed class WebhookQueries(IDbContextFactory<PortalDbContext> databases)
{
    /// <summary>Those that the caller may change; an address is often a secret itself.</summary>
    public async Task<Outcome<IReadOnlyList<Webhook>>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.Require(caller, Role.Administrator, "change-webhook") is { } refusal)
            return refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var all = await db.Set<Webhook>().AsNoTracking().OrderBy(x => x.Name).ToListAsync(cancellationToken);
        return all.FindAll(x => SaveWebhookHandler.Refuse(x.PoolPairId, caller) is null);
    }
}

internal static class WebhookEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var hooks = api.MapGroup("webhooks").WithTags("Notifications");
        hooks.MapGet("", async (WebhookQueries queries, ClaimsPrincipal user, CancellationToken cancel) =>
            (await queries.ListAsync(user.ToCaller(), cancel)).ToResult(x => TypedResults.Ok(new Page<WebhookJson>(x.Count, [.. x.Select(hook => WebhookJson.Of(hook))])))).Produces<Page<WebhookJson>>();
        hooks.MapGet("export", (string? format, WebhooksFile file, ClaimsPrincipal user, CancellationToken cancel) => file.AnswerAsync(format, user.ToCaller(), cancel)).ProducesFile();
        hooks.MapPost("", (WebhookBodyJson body, SaveWebhookHandler handler, ClaimsPrincipal user, CancellationToken cancel) => SaveAsync(null, body, handler, user, cancel)).Produces<WebhookJson>(StatusCodes.Status201Created);
        hooks.MapPut("{id:long}", (long id, WebhookBodyJson body, SaveWebhookHandler handler, ClaimsPrincipal user, CancellationToken cancel) => SaveAsync(id, body, handler, user, cancel)).Produces<WebhookJson>();
        hooks.MapDelete("{id:long}", async (long id, ChangeWebhookHandler handler, ClaimsPrincipal user, CancellationToken cancel) =>
            (await handler.RemoveAsync(id, user.ToCaller(), cancel)).ToResult(_ => TypedResults.NoContent())).Produces(StatusCodes.Status204NoContent);
        hooks.MapPost("{id:long}/secret", async (long id, SecretBody body, ChangeWebhookHandler handler, ClaimsPrincipal user, CancellationToken cancel) =>
            (await handler.RotateAsync(id, body.IsFinal, user.ToCaller(), cancel)).ToResult(x => TypedResults.Ok(new SecretJson(x)))).Produces<SecretJson>();
        hooks.MapPost("{id:long}/test", async (long id, ChangeWebhookHandler handler, ClaimsPrincipal user, CancellationToken cancel) =>
            (await handler.TestAsync(id, user.ToCaller(), cancel)).ToResult(x => TypedResults.Ok(new TestJson(x.ToString())))).Produces<TestJson>();
    }

    private static async Task<IResult> SaveAsync(long? id, WebhookBodyJson body, SaveWebhookHandler handler, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(new SaveWebhook(id, body.Name, body.Url, body.Format, body.Kinds ?? [], body.PoolPairId), user.ToCaller(), cancellationToken))
            .ToResult(x => TypedResults.Json(WebhookJson.Of(x.Webhook, x.Secret), statusCode: id is null ? StatusCodes.Status201Created : StatusCodes.Status200OK));
}
