using System.Security.Claims;
using MigrationPortal.Api;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Editing.Merging;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Engine;
using MigrationPortal.Rooms.Choosing;

namespace MigrationPortal.Batches.Api;

/// <summary>Making, reading, editing and deleting batches.</summary>
internal static class BatchEndpoints
{
    public static void Map(RouteGroupBuilder batches)
    {
        batches.MapGet("", ListAsync);
        batches.MapPost("", CreateAsync);
        batches.MapGet("{id:long}", GetAsync).WithName("GetBatch");
        batches.MapPatch("{id:long}", EditAsync);
        batches.MapDelete("{id:long}", DeleteAsync);
    }

    private static async Task<IResult> ListAsync(
        BatchQueries queries, string? poolPairId, string? state, string? search, int? skip, int? take, CancellationToken cancellationToken)
    {
        var states = Words.Read<BatchState>("state", state);
        if (!states.IsDone)
            return states.Refusal.ToProblem();
        var page = await queries.ListAsync(new BatchFilter(poolPairId, states.Value.Count > 0 ? states.Value : null, search), Paging.Of(skip, take), cancellationToken);
        var rooms = await queries.RoomIdsAsync([.. page.Items.Select(x => x.Id)], cancellationToken, BatchJson.MostRoomIds);
        return TypedResults.Ok(new Page<BatchJson>(page.Total, [.. page.Items.Select(x => BatchJson.Of(x, rooms[x.Id]))]));
    }

    private static async Task<IResult> CreateAsync(
        CreateBatchBody body, CreateBatchHandler handler, RoomMatches matches, BatchQueries queries, ClaimsPrincipal user, HttpContext http, CancellationToken cancellationToken)
    {
        var caller = user.ToCaller();
        if (string.IsNullOrWhiteSpace(body.PoolPairId))
            return new Refusal("pool-pair-required").ToProblem();
        var rooms = body.Filter is { } filter
            ? await matches.FindAsync(body.PoolPairId, filter, body.Except ?? [], cancellationToken)
            : body.RoomIds ?? [];
        if (!rooms.IsDone)
            return rooms.Refusal.ToProblem();
        var key = http.Request.Headers["Idempotency-Key"] is [{ } sent, ..] ? sent : null;
        var outcome = await handler.HandleAsync(new CreateBatch(body.PoolPairId, body.Name, rooms.Value, key) { OnlyFitting = body.OnlyFitting }, caller, cancellationToken);
        return outcome.IsDone ? await ShowAsync(outcome.Value.Id, queries, http, isNew: true, cancellationToken, left: body.OnlyFitting ? outcome.Value.Left : null) : outcome.Refusal.ToProblem();
    }

    private static Task<IResult> GetAsync(long id, BatchQueries queries, HttpContext http, CancellationToken cancellationToken) =>
        ShowAsync(id, queries, http, isNew: false, cancellationToken);

    private static async Task<IResult> EditAsync(
        long id, EditBatchBody body, EditBatchHandler handler, BatchQueries queries, ClaimsPrincipal user, HttpContext http, CancellationToken cancellationToken)
    {
        var outcome = await handler.HandleAsync(body.ToEdit(id, IfMatch.VersionOf(http.Request)), user.ToCaller(), cancellationToken);
        return outcome.IsDone
            ? await ShowAsync(id, queries, http, isNew: false, cancellationToken, body.BaseVersion is null ? null : outcome.Value.Beside, body.OnlyFitting ? outcome.Value.Left : null)
            : outcome.Refusal.ToProblem();
    }

    private static async Task<IResult> DeleteAsync(
        long id, DeleteBatchHandler handler, ClaimsPrincipal user, HttpContext http, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(new DeleteBatch(id, IfMatch.VersionOf(http.Request)), user.ToCaller(), cancellationToken)).ToResult(_ => TypedResults.NoContent());

    internal static async Task<IResult> ShowAsync(
        long id, BatchQueries queries, HttpContext http, bool isNew, CancellationToken cancellationToken, IReadOnlyList<ChangedField>? beside = null, IReadOnlyList<LeftRooms>? left = null)
    {
        if (await queries.FindAsync(id, cancellationToken) is not { } row)
            return BatchRefusals.NotFound(id).ToProblem();
        var rooms = await queries.RoomIdsAsync([id], cancellationToken);
        IfMatch.Show(http.Response, row.Version);
        var json = BatchJson.Of(row, rooms[id]) with
        {
            Beside = beside?.Take(Paging.MaxTake).Select(ChangedFieldJson.Of).ToList(),
            Left = left is null ? null : LeftJson.Of(left),
        };
        return isNew ? TypedResults.CreatedAtRoute(json, "GetBatch", new { id }) : TypedResults.Ok(json);
    }
}
