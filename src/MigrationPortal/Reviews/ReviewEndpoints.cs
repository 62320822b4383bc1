using System.Security.Claims;
using MigrationPortal.Api;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Api;
using MigrationPortal.Engine.Preflight;

namespace MigrationPortal.Reviews;

/// <param name="Comment">Needed for an undo.</param>
/// <param name="ReadList">For an undo: the approver has read what it deletes and keeps.</param>
internal sealed record ApproveBody(string? Fingerprint, string? Comment, bool ReadList = false);

internal sealed record SendBackBody(string? Reason);

internal sealed record ReviewJson(
    string Id,
    string BatchId,
    string BatchName,
    string PoolPairId,
    string Author,
    string SubmittedBy,
    DateTimeOffset SubmittedAt,
    string Fingerprint,
    ReviewKind Kind,
    int RoomCount,
    long MessageCount,
    int WarningCount,
    long Round,
    bool CanDecide);

internal static class ReviewEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("batches/{id:long}/submit", SubmitAsync).WithTags("Batches");
        api.MapPost("batches/{id:long}/approve", ApproveAsync).WithTags("Reviews");
        api.MapPost("batches/{id:long}/send-back", SendBackAsync).WithTags("Reviews");
        api.MapGet("reviews", ListAsync).WithTags("Reviews");
    }

    private static async Task<IResult> SubmitAsync(
        long id, SubmitBatchHandler handler, BatchQueries queries, ClaimsPrincipal user, HttpContext http, CancellationToken cancellationToken)
    {
        var body = await OptionalBody.ReadAsync<SubmitBody>(http.Request, cancellationToken) ?? new SubmitBody();
        var request = new SubmitBatch(id, body.AcknowledgeWarnings, IfMatch.VersionOf(http.Request));
        var outcome = await handler.HandleAsync(request, user.ToCaller(), cancellationToken);
        return outcome.IsDone ? await BatchEndpoints.ShowAsync(id, queries, http, isNew: false, cancellationToken) : outcome.Refusal.ToProblem();
    }

    private static async Task<IResult> ApproveAsync(
        long id, ApproveBody body, ApproveBatchHandler handler, BatchQueries queries, ClaimsPrincipal user, HttpContext http, CancellationToken cancellationToken)
    {
        var outcome = await handler.HandleAsync(new ApproveBatch(id, body.Fingerprint, body.Comment, body.ReadList), user.ToCaller(), cancellationToken);
        return outcome.IsDone ? await BatchEndpoints.ShowAsync(id, queries, http, isNew: false, cancellationToken) : outcome.Refusal.ToProblem();
    }

    private static async Task<IResult> SendBackAsync(
        long id, SendBackBody body, SendBackHandler handler, BatchQueries queries, ClaimsPrincipal user, HttpContext http, CancellationToken cancellationToken)
    {
        var outcome = await handler.HandleAsync(new SendBack(id, body.Reason), user.ToCaller(), cancellationToken);
        return outcome.IsDone ? await BatchEndpoints.ShowAsync(id, queries, http, isNew: false, cancellationToken) : outcome.Refusal.ToProblem();
    }

    private static async Task<IResult> ListAsync(
        ReviewQueries queries, ClaimsPrincipal user, string? poolPairId, int? skip, int? take, CancellationToken cancellationToken)
    {
        var page = await queries.ListAsync(user.ToCaller(), poolPairId, Paging.Of(skip, take), cancellationToken);
        return TypedResults.Ok(new Page<ReviewJson>(page.Total, [.. page.Items.Select(Json)]));
    }

    private static ReviewJson Json(ReviewRow row) => new(
        Ids.Text(row.Id),
        Ids.Text(row.BatchId),
        row.BatchName,
        row.PoolPairId,
        row.Author,
        row.SubmittedBy,
        row.SubmittedAt,
        row.Fingerprint,
        row.Kind,
        row.RoomCount,
        row.MessageCount,
        row.WarningCount,
        row.Round,
        row.Bar is null);
}
