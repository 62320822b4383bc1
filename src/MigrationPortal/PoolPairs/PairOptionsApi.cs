using System.Globalization;
using System.Security.Claims;
using MigrationPortal.Api;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.PoolPairs;

/// <param name="Expected">To be sent as <c>expectedReviews</c> with a change of the options.</param>
internal sealed record PairReviewsJson(string Expected, long Total, IReadOnlyList<PairReviewJson> Items);

/// <param name="Text">Who approved the batch and who is looking at it, in the reader's language.</param>
internal sealed record PairReviewJson(string BatchId, string BatchName, string Text);

/// <summary>
/// The options of a pool pair, sent whole. Their version is the ETag: <c>If-Match</c> refuses any change since, <c>baseVersion</c> merges with it by
/// option, as for a batch. <c>expectedReviews</c> refuses with 409 <c>review-moved</c> where others would end than those of <c>…/options/reviews</c>.
/// </summary>
internal static class PairOptionsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var options = api.MapGroup("/pool-pairs/{pair}/options").WithTags("Pool pairs");
        options.MapGet("", async (string pair, PoolPairQueries queries, HttpResponse response, CancellationToken token) =>
            await queries.FindAsync(pair, token) is { } found ? Shown(found, response) : Problems.NotFound("pool-pair", pair)).Produces<PlanOptions>();
        options.MapGet("reviews", ReviewsAsync).Produces<PairReviewsJson>();
        options.MapPut("", async (string pair, string? reason, int? baseVersion, string? expectedReviews, PlanOptions wanted, HttpContext http, ClaimsPrincipal user, SetPairOptionsHandler handler, CancellationToken token) =>
        {
            var request = new SetPairOptions(pair, wanted, reason) { Version = IfMatch.VersionOf(http.Request), BaseVersion = baseVersion, ExpectedReviews = expectedReviews };
            return (await handler.HandleAsync(request, user.ToCaller(), token)).ToResult(found => Shown(found, http.Response));
        }).Produces<PlanOptions>();
    }

    private static async Task<IResult> ReviewsAsync(string pair, int? skip, int? take, PoolPairQueries queries, IPairReviews reviews, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await queries.FindAsync(pair, cancellationToken) is null)
            return Problems.NotFound("pool-pair", pair);
        var (found, paging) = (await reviews.ListAsync(pair, user.ToCaller(), Clock.Utc, cancellationToken), Paging.Of(skip, take));
        var items = found.All.Skip(paging.Skip).Take(paging.Take).Select(x => new PairReviewJson(x.BatchId.ToString(CultureInfo.InvariantCulture), x.BatchName, x.Sentence));
        return TypedResults.Ok(new PairReviewsJson(found.Mark, found.All.Count, [.. items]));
    }

    private static IResult Shown(PoolPair pair, HttpResponse response)
    {
        IfMatch.Show(response, pair.OptionsVersion);
        return Results.Ok(pair.Options);
    }
}
