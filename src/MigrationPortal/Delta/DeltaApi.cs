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

/// <summary>Each list has the part that <c>skip</c> and <c>take</c> ask for, its first 1 000 without them. Every part is planned anew: parts of one fingerprint fit together.</summary>
/// <param name="Changes">Of <paramref name="ChangeCount"/>; <c>/delta-changes</c> pages through those of a request.</param>
/// <param name="Rooms">With more or fewer messages than before; of <paramref name="RoomCount"/>.</param>
/// <param name="SetAside">Rooms that the delta leaves as they are, because something blocks them; of <paramref name="SetAsideCount"/>.</param>
internal sealed record DeltaPreviewResource(
    string Fingerprint, bool NeedsReview, int ChangeCount, IReadOnlyList<DeltaChange> Changes, int RoomCount, IReadOnlyList<RoomGrowth> Rooms,
    int SetAsideCount, IReadOnlyList<SetAsideResource> SetAside, DeltaRequestResource? Request)
{
    public static DeltaPreviewResource Of(PlannedDelta x, DeltaRequest? latest, Paging paging) => new(
        x.Plan.Fingerprint, x.NeedsReview, x.Changes.Count, [.. Part(x.Changes, paging)], x.Growth.Count, [.. Part(x.Growth, paging)],
        x.SetAside.Count, [.. Part(x.SetAside, paging).Select(room => new SetAsideResource(room.Name, room.Reason.ToString()))], DeltaRequestResource.Of(latest));

    private static IEnumerable<T> Part<T>(IEnumerable<T> all, Paging paging) => all.Skip(paging.Skip).Take(paging.Take);
}

internal static class DeltaApi
{
    public static void MapDeltaApi(this IEndpointRouteBuilder api)
    {
        var batches = api.MapGroup("/batches/{batchId:long}").WithTags("Delta");
        batches.MapGet("/delta-preview", async (long batchId, PlanDeltaHandler plans, DeltaQueries queries, int? skip, int? take, CancellationToken cancel) =>
        {
            var latest = await queries.FindLatestAsync(batchId, cancel);
            // Whoever asks for no part gets what fits into one.
            return (await plans.HandleAsync(batchId, cancel)).ToResult(x => TypedResults.Ok(DeltaPreviewResource.Of(x, latest, Paging.Of(skip, take ?? Paging.MaxTake))));
        }).Produces<DeltaPreviewResource>();
        batches.MapGet("/delta-changes", async (long batchId, DeltaQueries queries, int? skip, int? take, CancellationToken cancel) =>
            TypedResults.Ok(await queries.FindLatestAsync(batchId, cancel) is { } latest ? await queries.ChangesAsync(latest.Id, Paging.Of(skip, take), cancel) : new Page<DeltaChange>(0, [])))
            .Produces<Page<DeltaChange>>();
        batches.MapGet("/delta-changes/export", (long batchId, string? format, bool? anew, DeltaFile file, CancellationToken cancel) => file.AnswerAsync(format, batchId, anew ?? false, cancel)).ProducesFile();
        batches.MapPost("/delta", async (long batchId, DeltaBody? body, StartDeltaHandler start, ClaimsPrincipal user, CancellationToken cancel) =>
            DeltaStartedResource.Accepted(await start.HandleAsync(new StartDelta(batchId, body?.Confirmations ?? []), user.ToCaller(), cancel)))
            .Produces<DeltaStartedResource>(StatusCodes.Status202Accepted);
    }
}
