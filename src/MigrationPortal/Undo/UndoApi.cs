using System.Globalization;
using System.Security.Claims;
using MigrationPortal.Api;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Engine.Undo;
using MigrationPortal.Ui;

namespace MigrationPortal.Undo;

/// <param name="Confirmations">For the start of an approved undo.</param>
internal sealed record UndoBody(string? Reason, IReadOnlyList<string>? Confirmations = null);

internal sealed record UndoResource(
    string Id, string BatchId, UndoState State, string Fingerprint, string RequestedBy, DateTimeOffset RequestedAt, string Reason,
    int RoomCount, long MessageCount, long RemovedMessageCount, long FileCount, long RemovedFileCount, DateTimeOffset? FinishedAt, string? Note, string? Error)
{
    public static UndoResource Of(UndoRequest x) => new(
        x.Id.ToString(CultureInfo.InvariantCulture), x.BatchId.ToString(CultureInfo.InvariantCulture), x.State, x.Fingerprint, x.RequestedBy, x.RequestedAt, x.Reason,
        x.RoomCount, x.MessageCount, x.RemovedMessageCount, x.FileCount, x.RemovedFileCount, x.FinishedAt, x.Note?.ToString(), x.Error?.ToString());
}

/// <param name="Request">The latest wish, whatever became of it; null when nobody asked yet.</param>
internal sealed record UndoPreviewResource(UndoPreview? Preview, UndoResource? Request);

internal static class UndoApi
{
    public static void MapUndoApi(this IEndpointRouteBuilder api)
    {
        var batches = api.MapGroup("/batches/{batchId:long}").WithTags("Undo");
        batches.MapGet("/undo-preview", async (long batchId, PreviewUndoHandler previews, UndoQueries queries, CancellationToken cancel) =>
        {
            var latest = await queries.FindLatestAsync(batchId, cancel);
            if (latest is { State: UndoState.Running or UndoState.Completed })
                return TypedResults.Ok(new UndoPreviewResource(null, UndoResource.Of(latest)));
            return (await previews.HandleAsync(batchId, cancel)).ToResult(preview =>
                TypedResults.Ok(new UndoPreviewResource(preview, latest is null ? null : UndoResource.Of(latest))));
        }).Produces<UndoPreviewResource>();
        batches.MapPost("/undo", async (long batchId, UndoBody? body, AskUndoHandler ask, StartUndoHandler start, UndoQueries queries, ClaimsPrincipal user, CancellationToken cancel) =>
        {
            var isApproved = (await queries.FindLatestAsync(batchId, cancel))?.State == UndoState.Approved;
            Outcome<UndoRequest> outcome = isApproved
                ? await start.HandleAsync(new StartUndo(batchId, body?.Confirmations ?? []), user.ToCaller(), cancel)
                : await ask.HandleAsync(new RequestUndo(batchId, body?.Reason), user.ToCaller(), cancel);
            return outcome.ToResult(undo => TypedResults.Accepted($"{Urls.Api}/batches/{batchId}/undo-preview", UndoResource.Of(undo)));
        }).Produces<UndoResource>(StatusCodes.Status202Accepted);
    }
}
