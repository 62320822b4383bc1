using System.Security.Claims;
using MigrationPortal.Api;
using MigrationPortal.Engine.Planning;

namespace MigrationPortal.PoolPairs;

/// <summary>
/// The options of a pool pair, sent whole. Their version is the ETag: <c>If-Match</c> refuses any change since, <c>baseVersion</c> merges with it by
/// option, as for a batch.
/// </summary>
internal static class PairOptionsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var options = api.MapGroup("/pool-pairs/{pair}/options").WithTags("Pool pairs");
        options.MapGet("", async (string pair, PoolPairQueries queries, HttpResponse response, CancellationToken token) =>
            await queries.FindAsync(pair, token) is { } found ? Shown(found, response) : Problems.NotFound("pool-pair", pair)).Produces<PlanOptions>();
        options.MapPut("", async (string pair, string? reason, int? baseVersion, PlanOptions wanted, HttpContext http, ClaimsPrincipal user, SetPairOptionsHandler handler, CancellationToken token) =>
        {
            var request = new SetPairOptions(pair, wanted, reason) { Version = IfMatch.VersionOf(http.Request), BaseVersion = baseVersion };
            return (await handler.HandleAsync(request, user.ToCaller(), token)).ToResult(found => Shown(found, http.Response));
        }).Produces<PlanOptions>();
    }

    private static IResult Shown(PoolPair pair, HttpResponse response)
    {
        IfMatch.Show(response, pair.OptionsVersion);
        return Results.Ok(pair.Options);
    }
}
