using System.Security.Claims;
using MigrationPortal.Api;
using MigrationPortal.Engine;

namespace MigrationPortal.Runs.Limiting;

/// <param name="MessagesPerSecond">Null or absent: no limit.</param>
/// <param name="Version">The version that was read, 0 where the configuration applied; another one is answered with 412.</param>
internal sealed record RunLimitsBody(int? MessagesPerSecond, int RoomsAtATime, string? Reason, int? Version);

/// <param name="By">Null where the configuration applies.</param>
internal sealed record RunLimitsJson(int Version, int? MessagesPerSecond, int RoomsAtATime, string? By, DateTimeOffset? At, string? Reason)
{
    public static RunLimitsJson Of(CurrentLimits limits) => new(limits.Version, limits.MessagesPerSecond, limits.RoomsAtATime, limits.Set?.By, limits.Set?.At, limits.Set?.Reason);
}

internal static class RunLimitsApi
{
    public static void MapRunLimits(this IEndpointRouteBuilder api)
    {
        var limits = api.MapGroup("/pool-pairs/{pair}/limits").WithTags("Runs");
        limits.MapGet("", async (string pair, RunLimitQueries queries, IPoolPairNames names, CancellationToken cancel) =>
            (await names.ListAsync(cancel)).Any(x => x.Id == pair)
                ? Results.Ok(RunLimitsJson.Of(await queries.FindAsync(pair, cancel)))
                : new Refusal("pool-pair-not-found.unknown", RefusalKind.NotFound, pair).ToProblem()).Produces<RunLimitsJson>();
        limits.MapPut("", async (string pair, RunLimitsBody body, SetRunLimitsHandler handler, ClaimsPrincipal user, CancellationToken cancel) =>
            (await handler.HandleAsync(new(pair, body.MessagesPerSecond, body.RoomsAtATime, body.Reason, body.Version), user.ToCaller(), cancel))
                .ToResult(x => TypedResults.Ok(RunLimitsJson.Of(x)))).Produces<RunLimitsJson>();
    }
}
