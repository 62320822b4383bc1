using System.Globalization;
using System.Security.Claims;
using MigrationPortal.Api;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Lists;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.Undo;

/// <param name="Confirmations">For the start of an approved undo.</param>
internal sealed record UndoBody(string? Reason, IReadOnlyList<string>? Confirmations = null);

/// <param name="ReadAt">When the new pool was last found to be as the list says; approving needs it within the last 24 hours.</param>
internal sealed record UndoResource(
    string Id, string BatchId, UndoState State, string Fingerprint, string RequestedBy, DateTimeOffset RequestedAt, string Reason, DateTimeOffset ReadAt,
    int RoomCount, long MessageCount, long RemovedMessageCount, long FileCount, long RemovedFileCount, DateTimeOffset? FinishedAt, string? Note, string? Error)
{
    public static UndoResource Of(UndoRequest x) => new(
        x.Id.ToString(CultureInfo.InvariantCulture), x.BatchId.ToString(CultureInfo.InvariantCulture), x.State, x.Fingerprint, x.RequestedBy, x.RequestedAt, x.Reason, x.ReadAt,
        x.RoomCount, x.MessageCount, x.RemovedMessageCount, x.FileCount, x.RemovedFileCount, x.FinishedAt, x.Note?.ToString(), x.Error?.ToString());
}

/// <param name="Preview">Null once the undo runs.</param>
/// <param name="Request">The latest request, whatever became of it; null when there was none yet.</param>
internal sealed record UndoPreviewResource(UndoPreviewJson? Preview, UndoResource? Request);

internal static class UndoApi
{
    public static void MapUndoApi(this IEndpointRouteBuilder api)
    {
        var batches = api.MapGroup("/batches/{batchId:long}").WithTags("Undo");
        batches.MapGet("/undo-preview", PreviewAsync).Produces<UndoPreviewResource>();
        batches.MapPost("/undo-preview", RereadAsync).Produces<UndoResource>();
        batches.MapGet("/undo-list", ListAsync).Produces<Page<UndoLineJson>>();
        batches.MapGet("/undo-list/export", (long batchId, string? format, UndoFile file, CancellationToken cancel, UndoLineKind kind = UndoLineKind.Room) => file.AnswerAsync(format, batchId, kind, cancel)).ProducesFile();
        batches.MapPost("/undo", UndoAsync).Produces<UndoResource>(StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> PreviewAsync(long batchId, ReadUndoList lists, UndoQueries queries, CancellationToken cancel)
    {
        var latest = await queries.FindLatestAsync(batchId, cancel);
        if (latest is { State: UndoState.Running or UndoState.Completed })
            return TypedResults.Ok(new UndoPreviewResource(null, UndoResource.Of(latest)));
        // What people decide about is what was kept; the new pool is not read for it again.
        if (latest is { State: UndoState.InReview or UndoState.Approved, Sums.Count: > 0 })
            return TypedResults.Ok(new UndoPreviewResource(await UndoPreviewJson.OfAsync(latest, queries, cancel), UndoResource.Of(latest)));
        return (await lists.HandleAsync(batchId, cancel)).ToResult(read =>
            TypedResults.Ok(new UndoPreviewResource(UndoPreviewJson.Of(read), latest is null ? null : UndoResource.Of(latest))));
    }

    private static async Task<IResult> RereadAsync(long batchId, RereadUndoHandler reread, ClaimsPrincipal user, CancellationToken cancel) =>
        (await reread.HandleAsync(new RereadUndo(batchId), user.ToCaller(), cancel)).ToResult(x => TypedResults.Ok(UndoResource.Of(x)));

    private static async Task<IResult> ListAsync(long batchId, UndoQueries queries, int? skip, int? take, CancellationToken cancel, UndoLineKind kind = UndoLineKind.Room)
    {
        var page = await queries.FindLatestAsync(batchId, cancel) is { } latest ? await queries.LinesAsync(latest.Id, kind, Paging.Of(skip, take), cancel) : new(0, []);
        return TypedResults.Ok(new Page<UndoLineJson>(page.Total, [.. page.Items.Select(UndoLineJson.Of)]));
    }

    private static async Task<IResult> UndoAsync(
        long batchId, UndoBody? body, AskUndoHandler ask, StartUndoHandler start, UndoQueries queries, ClaimsPrincipal user, CancellationToken cancel)
    {
        var isApproved = (await queries.FindLatestAsync(batchId, cancel))?.State == UndoState.Approved;
        Outcome<UndoRequest> outcome = isApproved
            ? await start.HandleAsync(new StartUndo(batchId, body?.Confirmations ?? []), user.ToCaller(), cancel)
            : await ask.HandleAsync(new RequestUndo(batchId, body?.Reason), user.ToCaller(), cancel);
        return outcome.ToResult(undo => TypedResults.Accepted($"{Urls.Api}/batches/{batchId}/undo-preview", UndoResource.Of(undo)));
    }
}
