using System.Globalization;
using System.Security.Claims;
using MigrationPortal.Api;
using MigrationPortal.Lists.Views;

namespace MigrationPortal.Lists;

/// <param name="List"><c>rooms</c>, <c>people</c>, <c>batches</c> …: which page.</param>
/// <param name="Query">The list's own part of its address.</param>
internal sealed record SaveViewBody(string? List, string? Name, string? Query, bool IsShared = false);

internal sealed record ChangeViewBody(string? Name, string? Query, bool? IsShared);

internal sealed record ViewJson(string Id, string PoolPairId, string List, string Name, string Query, bool IsShared, bool IsOwn, string Owner, DateTimeOffset ChangedAt)
{
    public static ViewJson Of(SavedView view, Caller caller) => new(
        view.Id.ToString(CultureInfo.InvariantCulture), view.PoolPairId, view.List, view.Name, view.Query, view.IsShared, view.Owner == caller.Name, view.OwnerName, view.ChangedAt);
}

/// <summary>What all lists have: files, page sizes, saved views.</summary>
internal static class ListsFeature
{
    public static IServiceCollection AddLists(this IServiceCollection services) => services
        .AddSingleton<ViewQueries>()
        .AddSingleton<SaveViewHandler>()
        .AddSingleton<ChangeViewHandler>()
        .AddSingleton<DeleteViewHandler>();

    public static IEndpointRouteBuilder MapLists(this IEndpointRouteBuilder api)
    {
        var views = api.MapGroup("").WithTags("Views");
        views.MapGet("/pool-pairs/{pair}/views", async (string pair, string? list, ViewQueries queries, ClaimsPrincipal user, CancellationToken cancel) =>
            await ViewText.List(list).ToResultAsync(async known => List(await queries.ListAsync(pair, known, user.ToCaller(), cancel), user.ToCaller()))).Produces<Page<ViewJson>>();
        views.MapPost("/pool-pairs/{pair}/views", async (string pair, SaveViewBody body, SaveViewHandler save, ClaimsPrincipal user, CancellationToken cancel) =>
            (await save.HandleAsync(new SaveView(pair, body.List, body.Name, body.Query, body.IsShared), user.ToCaller(), cancel))
                .ToResult(view => TypedResults.Json(ViewJson.Of(view, user.ToCaller()), statusCode: StatusCodes.Status201Created))).Produces<ViewJson>(StatusCodes.Status201Created);
        views.MapPatch("/views/{id:long}", async (long id, ChangeViewBody body, ChangeViewHandler change, ClaimsPrincipal user, CancellationToken cancel) =>
            (await change.HandleAsync(new ChangeView(id, body.Name, body.Query, body.IsShared), user.ToCaller(), cancel)).ToResult(view => TypedResults.Ok(ViewJson.Of(view, user.ToCaller())))).Produces<ViewJson>();
        views.MapDelete("/views/{id:long}", async (long id, DeleteViewHandler delete, ClaimsPrincipal user, CancellationToken cancel) =>
            (await delete.HandleAsync(id, user.ToCaller(), cancel)).ToResult(_ => TypedResults.NoContent()));
        return api;
    }

    private static Microsoft.AspNetCore.Http.HttpResults.Ok<Page<ViewJson>> List(IReadOnlyList<SavedView> views, Caller caller) => TypedResults.Ok(new Page<ViewJson>(views.Count, [.. views.Select(x => ViewJson.Of(x, caller))]));

    private static async Task<IResult> ToResultAsync(this Engine.Outcome<string> outcome, Func<string, Task<IResult>> done) =>
        outcome.IsDone ? await done(outcome.Value) : outcome.Refusal.ToProblem();
}
