using System.Security.Claims;
using MigrationPortal.Api;
using MigrationPortal.Batches.Api;
using MigrationPortal.Engine;

namespace MigrationPortal.Freezes;

/// <param name="PoolPairId">Null: all pool pairs.</param>
internal sealed record FreezeBody(string? Reason, string? PoolPairId = null, bool PauseRuns = false, DateTimeOffset? Until = null);

internal sealed record FrozenJson(string? PoolPairId, string By, DateTimeOffset At, string Reason, DateTimeOffset? Until);

/// <param name="Frozen">Whether no pool pair can start anything.</param>
/// <param name="Readable">False where the switch itself cannot be read, which counts as frozen.</param>
internal sealed record FreezeJson(bool Frozen, bool Readable, IReadOnlyList<FrozenJson> Items)
{
    public static FreezeJson Of(FreezeState state) => new(
        state.IsFrozen,
        state.IsReadable,
        [.. (state.All is { } all ? [all, .. state.Pairs] : state.Pairs).Select(x => new FrozenJson(x.Scope == Freeze.All ? null : x.Scope, x.By, x.At, x.Reason, x.Until))]);
}

internal static class FreezeEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("freeze", async (FreezeQueries queries, CancellationToken cancel) => TypedResults.Ok(FreezeJson.Of(await queries.FindAsync(cancel)))).WithTags("Freeze").Produces<FreezeJson>();
        api.MapPut("freeze", (FreezeBody body, SetFreezeHandler handler, FreezeQueries queries, ClaimsPrincipal user, CancellationToken cancel) =>
            SetAsync(new SetFreeze(body.PoolPairId, IsFrozen: true, body.Reason, body.PauseRuns, body.Until), handler, queries, user, cancel)).WithTags("Freeze").Produces<FreezeJson>();
        api.MapDelete("freeze", async (HttpRequest http, SetFreezeHandler handler, FreezeQueries queries, ClaimsPrincipal user, CancellationToken cancel) =>
        {
            var body = await OptionalBody.ReadAsync<FreezeBody>(http, cancel);
            return await SetAsync(new SetFreeze(body?.PoolPairId, IsFrozen: false, body?.Reason), handler, queries, user, cancel);
        }).WithTags("Freeze").Accepts<FreezeBody>(isOptional: true, "application/json").Produces<FreezeJson>();
    }

    private static async Task<IResult> SetAsync(SetFreeze request, SetFreezeHandler handler, FreezeQueries queries, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(request, user.ToCaller(), queries, cancellationToken)).ToResult(x => TypedResults.Ok(FreezeJson.Of(x)));
}
