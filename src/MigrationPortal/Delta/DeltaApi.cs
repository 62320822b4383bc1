using System.Globalization;
using System.Security.Claims;
using MigrationPortal.Api;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Lists;
using MigrationPortal.Runs;
using MigrationPortal.Ui;

namespace MigrationPortal.Delta;

internal sealed record DeltaBody(IReadOnlyList<string>? Confirmations);

/// <param name="State">The run's, or <c>InReview</c> where another person has to say yes first.</param>
internal sealed record DeltaStartedResource(string BatchId, string? RunId, string State, string Fingerprint)
{
    public static IResult Accepted(Outcome<DeltaStarted> outcome) => outcome.ToResult(x => TypedResults.Accepted(
        x.RunId is { } run ? $"{Urls.Api}/runs/{RunApi.Id(run)}" : $"{Urls.Api}/batches/{RunApi.Id(x.BatchId)}/delta-preview",
        new DeltaStartedResource(RunApi.Id(x.BatchId), x.RunId is { } id ? RunApi.Id(id) : null, x.RunId is null ? nameof(DeltaState.InReview) : nameof(RunState.Running), x.Fingerprint)));
}

internal sealed record DeltaRequestResource(string Id, DeltaState State, string Fingerprint, string RequestedBy, DateTimeOffset RequestedAt)
{
    public static DeltaRequestResource? Of(DeltaRequest? x) =>
        x is null ? null : new(x.Id.ToString(CultureInfo.InvariantCulture), x.State, x.Fingerprint, x.RequestedBy, x.RequestedAt);
}

/// <param name="Room">Its name in the new pool.</param>
internal sealed record SetAsideResource(string Room, string Reason);

/// <param name="Changes">At most the first 1 000; <c>/delta-changes</c> pages through those of a request.</param>
/// <param name="SetAside">Rooms that the delta leaves as they are, because something blocks them; at most the first 1 000 of <paramref name="SetAsideCount"/>.</param>
internal sealed record DeltaPreviewResource(
    string Fingerprint, bool NeedsReview, int ChangeCount, IReadOnlyList<DeltaChange> Changes, IReadOnlyList<RoomGrowth> Rooms,
    int SetAsideCount, IReadOnlyList<SetAsideResource> SetAside, DeltaRequestResource? Request);

internal static class DeltaApi
{
    public static void MapDeltaApi(this IEndpointRouteBuilder api)
    {
        var batches = api.MapGroup("/batches/{batchId:long}").WithTags("Delta");
        batches.MapGet("/delta-preview", async (long batchId, PlanDeltaHandler plans, DeltaQueries queries, CancellationToken cancel) =>
        {
            var latest = await queries.FindLatestAsync(batchId, cancel);
            return (await plans.HandleAsync(batchId, cancel)).ToResult(x => TypedResults.Ok(new DeltaPreviewResource(
                x.Plan.Fingerprint, x.NeedsReview, x.Changes.Count, [.. x.Changes.Take(Paging.MaxTake)], x.Growth,
                x.SetAside.Count, [.. x.SetAside.Take(Paging.MaxTake).Select(room => new SetAsideResource(room.Name, room.Reason.ToString()))], DeltaRequestResource.Of(latest))));
        }).Produces<DeltaPreviewResource>();
        batches.MapGet("/delta-changes", async (long batchId, DeltaQueries queries, int? skip, int? take, CancellationToken cancel) =>
            TypedResults.Ok(await queries.FindLatestAsync(batchId, cancel) is { } latest ? await queries.ChangesAsync(latest.Id, Paging.Of(skip, take), cancel) : new Page<DeltaChange>(0, [])))
            .Produces<Page<DeltaChange>>();
        batches.MapGet("/delta-changes/export", (long batchId, string? format, DeltaFile file, CancellationToken cancel) => file.AnswerAsync(format, batchId, cancel)).ProducesFile();
        batches.MapPost("/delta", async (long batchId, DeltaBody? body, StartDeltaHandler start, ClaimsPrincipal user, CancellationToken cancel) =>
            DeltaStartedResource.Accepted(await start.HandleAsync(new StartDelta(batchId, body?.Confirmations ?? []), user.ToCaller(), cancel)))
            .Produces<DeltaStartedResource>(StatusCodes.Status202Accepted);
    }
}
