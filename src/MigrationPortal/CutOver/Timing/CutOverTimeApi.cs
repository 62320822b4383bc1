using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Api;

namespace MigrationPortal.CutOver.Timing;

/// <param name="StartsAt">Null: no longer planned.</param>
internal sealed record CutOverTimeBody(DateTimeOffset? StartsAt = null, DateTimeOffset? EndsAt = null);

/// <param name="StartsAt">Null where nothing is planned.</param>
/// <param name="By">Who planned it last; null where it never was.</param>
internal sealed record CutOverTimeResource(DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, string? By, DateTimeOffset? At)
{
    public static CutOverTimeResource Of(CutOverTime? time) => new(time?.StartsAt, time?.EndsAt, time?.By, time?.At);
}

/// <summary>The planned cutover of a pool pair, sent whole. Its version is the ETag.</summary>
internal static class CutOverTimeApi
{
    public static void Map(RouteGroupBuilder pairs)
    {
        pairs.MapGet("/time", async (string pair, PoolPairs.PoolPairQueries known, CutOverTimeQueries queries, HttpResponse response, CancellationToken cancel) =>
            await known.FindAsync(pair, cancel) is null ? Problems.NotFound("pool-pair", pair) : Shown(await queries.FindAsync(pair, cancel), response)).Produces<CutOverTimeResource>();
        pairs.MapPut("/time", async (string pair, CutOverTimeBody body, HttpContext http, SetCutOverTimeHandler set, ClaimsPrincipal user, CancellationToken cancel) =>
            (await set.HandleAsync(new SetCutOverTime(pair, body.StartsAt, body.EndsAt, IfMatch.VersionOf(http.Request)), user.ToCaller(), cancel))
                .ToResult(time => Shown(time, http.Response))).Produces<CutOverTimeResource>();
    }

    private static Ok<CutOverTimeResource> Shown(CutOverTime? time, HttpResponse response)
    {
        IfMatch.Show(response, time?.Version ?? 0);
        return TypedResults.Ok(CutOverTimeResource.Of(time));
    }
}
