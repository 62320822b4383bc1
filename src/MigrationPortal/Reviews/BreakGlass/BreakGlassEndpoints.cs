using System.Security.Claims;
using MigrationPortal.Api;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Api;
using MigrationPortal.Engine;
using MigrationPortal.Reviews.Judging;

namespace MigrationPortal.Reviews.BreakGlass;

/// <param name="Reference">The change or incident elsewhere, e.g. <c>CHG0031337</c>.</param>
internal sealed record BreakGlassBody(string? Reason, string? Reference);

internal sealed record BreakGlassReviewBody(BreakGlassVerdict? Verdict, string? Text);

/// <param name="ConfirmBefore">When it lapses unless another person confirms it.</param>
/// <param name="Verdict">Null until an auditor answered.</param>
internal sealed record BreakGlassJson(
    string Id, string BatchId, BreakGlassState State, string Fingerprint, string AskedBy, DateTimeOffset AskedAt, string Reason, string Reference, DateTimeOffset ConfirmBefore,
    DateTimeOffset? WithdrawnAt, string? WithdrawnReason, string? ConfirmedBy, DateTimeOffset? ConfirmedAt, string? RunId, BreakGlassVerdict? Verdict, string? ReviewedBy, DateTimeOffset? ReviewedAt, string? Text)
{
    public static BreakGlassJson Of(BreakGlassRequest x, DateTimeOffset now) => new(
        Ids.Text(x.Id), Ids.Text(x.BatchId), x.State == BreakGlassState.Asked && !x.IsOpen(now) ? BreakGlassState.Lapsed : x.State, x.Fingerprint, x.AskedBy, x.AskedAt, x.Reason, x.Reference,
        x.AskedAt + BreakGlassRequest.ConfirmWithin, x.WithdrawnAt, x.WithdrawnReason, x.ConfirmedBy, x.ConfirmedAt, x.RunId is { } run ? Ids.Text(run) : null, x.Verdict, x.ReviewedBy, x.ReviewedAt, x.ReviewText);
}

internal static class BreakGlassEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("batches/{id:long}/break-glass", ListAsync).WithTags("Reviews").Produces<Page<BreakGlassJson>>();
        api.MapPost("batches/{id:long}/break-glass", async (long id, BreakGlassBody body, AskBreakGlassHandler handler, TimeProvider clock, ClaimsPrincipal user, CancellationToken cancel) =>
            (await handler.HandleAsync(new AskBreakGlass(id, body.Reason, body.Reference), user.ToCaller(), cancel))
                .ToResult(x => TypedResults.Json(BreakGlassJson.Of(x, clock.GetUtcNow()), statusCode: StatusCodes.Status201Created))).WithTags("Reviews").Produces<BreakGlassJson>(StatusCodes.Status201Created);
        api.MapPost("break-glass/{id:long}/withdraw", async (long id, ReasonBody body, WithdrawBreakGlassHandler handler, TimeProvider clock, ClaimsPrincipal user, CancellationToken cancel) =>
            (await handler.HandleAsync(new WithdrawBreakGlass(id, body.Reason), user.ToCaller(), cancel)).ToResult(x => TypedResults.Ok(BreakGlassJson.Of(x, clock.GetUtcNow())))).WithTags("Reviews").Produces<BreakGlassJson>();
        api.MapPost("break-glass/{id:long}/confirm", async (long id, ConfirmBreakGlassHandler handler, TimeProvider clock, ClaimsPrincipal user, CancellationToken cancel) =>
            (await handler.HandleAsync(new ConfirmBreakGlass(id), user.ToCaller(), cancel)).ToResult(x => TypedResults.Ok(BreakGlassJson.Of(x, clock.GetUtcNow())))).WithTags("Reviews").Produces<BreakGlassJson>();
        api.MapPost("break-glass/{id:long}/review", async (long id, BreakGlassReviewBody body, ReviewBreakGlassHandler handler, TimeProvider clock, ClaimsPrincipal user, CancellationToken cancel) =>
            (await handler.HandleAsync(new ReviewBreakGlass(id, body.Verdict, body.Text), user.ToCaller(), cancel)).ToResult(x => TypedResults.Ok(BreakGlassJson.Of(x, clock.GetUtcNow())))).WithTags("Reviews").Produces<BreakGlassJson>();
    }

    private static async Task<IResult> ListAsync(long id, BatchQueries batches, BreakGlassQueries queries, TimeProvider clock, int? skip, int? take, CancellationToken cancellationToken)
    {
        if (await batches.FindAsync(id, cancellationToken) is null)
            return BatchRefusals.NotFound(id).ToProblem();
        var (found, now) = (await queries.ListAsync(id, Paging.Of(skip, take), cancellationToken), clock.GetUtcNow());
        return TypedResults.Ok(new Page<BreakGlassJson>(found.Total, [.. found.Items.Select(x => BreakGlassJson.Of(x, now))]));
    }
}
