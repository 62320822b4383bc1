using System.Security.Claims;
using MigrationPortal.Api;
using MigrationPortal.Engine;

namespace MigrationPortal.Runs.Limiting;

/// <param name="MessagesPerSecond">Null or absent: no limit.</param>
internal sealed record RunLimitsBody(int? MessagesPerSecond, int RoomsAtATime, string? Reason);

/// <param name="By">Null where the configuration applies.</param>
internal sealed record RunLimitsJson(int Version, int? MessagesPerSecond, int RoomsAtATime, string? By, DateTimeOffset? At, string? Reason)
{
    public static RunLimitsJson Of(CurrentLimits limits) => new(limits.Version, limits.MessagesPerSecond, limits.RoomsAtATime, limits.Set?.By, limits.Set?.At, limits.Set?.Reason);
}

/// <summary>Their version is the ETag, "0" where the configuration applies; <c>If-Match</c> refuses any change since.</summary>
internal static class RunLimitsApi
{
    public static void MapRunLimits(this IEndpointRouteBuilder api)
    {
        var limits = api.MapGroup("/pool-pairs/{pair}/limits").WithTags("Runs");
        limits.MapGet("", async (string pair, RunLimitQueries queries, IPoolPairNames names, HttpResponse response, CancellationToken cancel) =>
            (await names.ListAsync(cancel)).Any(x => x.Id == pair)
                ? Shown(await queries.FindAsync(pair, cancel), response)
                : new Refusal("pool-pair-not-found.unknown", RefusalKind.NotFound, pair).ToProblem()).Produces<RunLimitsJson>();
        limits.MapPut("", async (string pair, RunLimitsBody body, HttpContext http, SetRunLimitsHandler handler, ClaimsPrincipal user, CancellationToken cancel) =>
            (await handler.HandleAsync(new(pair, body.MessagesPerSecond, body.RoomsAtATime, body.Reason, IfMatch.VersionOf(http.Request)), user.ToCaller(), cancel))
                .ToResult(x => Shown(x, http.Response))).Produces<RunLimitsJson>();
    }

    private static IResult Shown(CurrentLimits limits, HttpResponse response)
    {
        IfMatch.Show(response, limits.Version);
        return Results.Ok(RunLimitsJson.Of(limits));
    }
}
