using System.Security.Claims;
using Microsoft.Extensions.Localization;
using MigrationPortal.Api;
using MigrationPortal.Delta;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.CutOver;

/// <param name="Version">The version of the step that was read; another one is answered with 412.</param>
internal sealed record CutOverStepBody(string? Owner, bool? IsDone, string? Evidence, int? Version = null);

/// <param name="Version">0 where nobody touched it.</param>
internal sealed record CutOverStepResource(int Number, string What, string How, string? Owner, bool IsDone, string? DoneBy, DateTimeOffset? DoneAt, string? Evidence, long Version)
{
    public static CutOverStepResource Of(CutOverLine line, IStringLocalizer<CutOverTexts> texts) => new(
        line.Step.Number, texts[$"Step.{line.Step.Number}"], texts[$"How.{line.Step.Number}"], line.State?.Owner, line.IsDone, line.State?.DoneBy, line.State?.DoneAt, line.State?.Evidence,
        line.Version - SetCutOverStep.Untouched);
}

/// <param name="Next">Null when all steps are done.</param>
/// <param name="LeftRoomCount">Legacy rooms that nobody moved or left out.</param>
internal sealed record CutOverResource(int Total, IReadOnlyList<CutOverStepResource> Items, int? Next, int BatchCount, int ClosedBatchCount, long LeftRoomCount)
{
    public static CutOverResource Of(CutOverView view, IStringLocalizer<CutOverTexts> texts) => new(
        view.Lines.Count,
        [.. view.Lines.Select(x => CutOverStepResource.Of(x, texts))],
        view.Next, view.BatchCount, view.ClosedBatchCount, view.LeftRoomCount);
}

internal static class CutOverApi
{
    public static void MapCutOverApi(this IEndpointRouteBuilder api)
    {
        var pairs = api.MapGroup("/pool-pairs/{pair}/cut-over").WithTags("Cut-over");
        // Whole: the steps of a cutover are a fixed list.
        pairs.MapGet("", async (string pair, PoolPairQueries known, CutOverQueries queries, IStringLocalizer<CutOverTexts> texts, CancellationToken cancel) => await known.FindAsync(pair, cancel) is null
            ? Problems.NotFound("pool-pair", pair)
            : TypedResults.Ok(CutOverResource.Of(await queries.FindAsync(pair, cancel), texts))).Produces<CutOverResource>();
        pairs.MapPut("/{number:int}", async (string pair, int number, CutOverStepBody? body, SetCutOverStepHandler set, IStringLocalizer<CutOverTexts> texts, ClaimsPrincipal user, CancellationToken cancel) =>
            (await set.HandleAsync(new SetCutOverStep(pair, number, body?.Owner, body?.IsDone, body?.Evidence) { Seen = body?.Version + SetCutOverStep.Untouched }, user.ToCaller(), cancel))
                .ToResult(x => TypedResults.Ok(CutOverResource.Of(x, texts))))
            .Produces<CutOverResource>();
        Timing.CutOverTimeApi.Map(pairs);
        api.MapPost("/batches/{batchId:long}/cut-over", async (long batchId, DeltaBody? body, CutOverBatchHandler cutOver, ClaimsPrincipal user, CancellationToken cancel) =>
            DeltaStartedResource.Accepted(await cutOver.HandleAsync(new CutOverBatch(batchId, body?.Confirmations ?? []), user.ToCaller(), cancel)))
            .WithTags("Cut-over").Produces<DeltaStartedResource>(StatusCodes.Status202Accepted);
    }
}
