using System.Security.Claims;
using MigrationPortal.Api;
using MigrationPortal.Batches.Api;
using MigrationPortal.Engine;

namespace MigrationPortal.Inbox.Marks;

/// <param name="From">The account name of the user who has it, to take it over.</param>
internal sealed record ClaimBody(string? From = null);

/// <param name="Until">Within 30 days; null: until the item changes.</param>
internal sealed record SnoozeBody(DateTimeOffset? Until = null);

internal static class MarkEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var items = api.MapGroup("inbox/{key}").WithTags("Inbox");
        items.MapPut("claim", async (string key, HttpRequest http, ClaimItemHandler handler, ClaimsPrincipal user, CancellationToken cancel) =>
        {
            var body = await OptionalBody.ReadAsync<ClaimBody>(http, cancel);
            return (await handler.HandleAsync(new ClaimItem(key, body?.From), user.ToCaller(), cancel)).ToResult(x => TypedResults.Ok(InboxItemJson.Of(x)));
        }).Accepts<ClaimBody>(isOptional: true, "application/json").Produces<InboxItemJson>();
        items.MapDelete("claim", async (string key, ClaimItemHandler handler, ClaimsPrincipal user, CancellationToken cancel) =>
            (await handler.ReleaseAsync(key, user.ToCaller(), cancel)).ToResult(_ => TypedResults.NoContent())).Produces(StatusCodes.Status204NoContent);
        items.MapPut("snooze", async (string key, HttpRequest http, SnoozeItemHandler handler, ClaimsPrincipal user, CancellationToken cancel) =>
        {
            var body = await OptionalBody.ReadAsync<SnoozeBody>(http, cancel);
            return (await handler.HandleAsync(new SnoozeItem(key, body?.Until), user.ToCaller(), cancel)).ToResult(x => TypedResults.Ok(InboxItemJson.Of(x)));
        }).Accepts<SnoozeBody>(isOptional: true, "application/json").Produces<InboxItemJson>();
        items.MapDelete("snooze", async (string key, SnoozeItemHandler handler, ClaimsPrincipal user, CancellationToken cancel) =>
            (await handler.EndAsync(key, user.ToCaller(), cancel)).ToResult(_ => TypedResults.NoContent())).Produces(StatusCodes.Status204NoContent);
    }
}
