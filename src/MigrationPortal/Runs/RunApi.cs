using System.Globalization;
using System.Security.Claims;
using MigrationPortal.Api;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Lists;
using MigrationPortal.Runs.Exporting;
using MigrationPortal.Runs.Starting;
using MigrationPortal.Runs.Steering;
using MigrationPortal.Runs.Watching;
using MigrationPortal.Ui;

namespace MigrationPortal.Runs;

/// <param name="MessagesPerSecond">Over all rooms of the run; null takes the limit off.</param>
internal sealed record ThrottleRunBody(int? MessagesPerSecond);

internal sealed record StartRunBody(IReadOnlyList<string>? Confirmations);

internal sealed record RunMovedResource(string BatchId, string RunId, RunState State)
{
    public static IResult Accepted(Outcome<RunMoved> outcome) => outcome.ToResult(moved => TypedResults.Accepted(
        $"{Urls.Api}/runs/{moved.RunId}", new RunMovedResource(RunApi.Id(moved.BatchId), RunApi.Id(moved.RunId), moved.State)));
}

internal static class RunApi
{
    public static string Id(long id) => id.ToString(CultureInfo.InvariantCulture);

    public static void MapRunApi(this IEndpointRouteBuilder api)
    {
        var batches = api.MapGroup("/batches/{batchId:long}").WithTags("Runs");
        batches.MapPost("/start", async (long batchId, StartRunBody? body, StartRunHandler start, ClaimsPrincipal user, CancellationToken cancel) =>
            RunMovedResource.Accepted(await start.HandleAsync(new StartRun(batchId, body?.Confirmations ?? []), user.ToCaller(), cancel)))
            .Produces<RunMovedResource>(StatusCodes.Status202Accepted);
        batches.MapPost("/pause", async (long batchId, PauseRunHandler pause, ClaimsPrincipal user, CancellationToken cancel) =>
            RunMovedResource.Accepted(await pause.HandleAsync(batchId, user.ToCaller(), cancel))).Produces<RunMovedResource>(StatusCodes.Status202Accepted);
        batches.MapPost("/resume", async (long batchId, StartRunBody? body, ResumeRunHandler resume, ClaimsPrincipal user, CancellationToken cancel) =>
            RunMovedResource.Accepted(await resume.HandleAsync(new ResumeRun(batchId, body?.Confirmations ?? []), user.ToCaller(), cancel))).Produces<RunMovedResource>(StatusCodes.Status202Accepted);
        batches.MapPost("/cancel", async (long batchId, CancelRunHandler stop, ClaimsPrincipal user, CancellationToken cancel) =>
            RunMovedResource.Accepted(await stop.HandleAsync(batchId, user.ToCaller(), cancel))).Produces<RunMovedResource>(StatusCodes.Status202Accepted);
        batches.MapPost("/throttle", async (long batchId, ThrottleRunBody? body, ThrottleRunHandler throttle, ClaimsPrincipal user, CancellationToken cancel) =>
            RunMovedResource.Accepted(await throttle.HandleAsync(new ThrottleRun(batchId, body?.MessagesPerSecond), user.ToCaller(), cancel)))
            .Produces<RunMovedResource>(StatusCodes.Status202Accepted);
        batches.MapGet("/runs", ListRunsAsync).Produces<Page<RunResource>>();
        batches.MapGet("/runs/export", (long batchId, string? format, RunsFile file, CancellationToken cancel) => file.Answer(format, null, batchId, cancel)).ProducesFile();
        batches.MapGet("/transfers", ListLatestTransfersAsync).Produces<Page<TransferResource>>();

        var runs = api.MapGroup("/runs").WithTags("Runs");
        runs.MapGet("/{id:long}", FindRunAsync).Produces<RunResource>();
        runs.MapGet("/{id:long}/transfers", ListTransfersAsync).Produces<Page<TransferResource>>();
        runs.MapGet("/export", (string? poolPairId, string? format, RunsFile file, CancellationToken cancel) => file.Answer(format, poolPairId, null, cancel)).ProducesFile();
        runs.MapGet("/{id:long}/transfers/export", ExportTransfersAsync).ProducesFile();
    }

    private static async Task<IResult> ListRunsAsync(long batchId, int? skip, int? take, RunQueries queries, CancellationToken cancel)
    {
        var page = await queries.ListAsync(null, batchId, Paging.Of(skip, take), cancel);
        var totals = await queries.SumAsync([.. page.Items.Select(x => x.Id)], cancel);
        return TypedResults.Ok(new Page<RunResource>(page.Total, [.. page.Items.Select(x => RunResource.Of(x, totals.GetValueOrDefault(x.Id)))]));
    }

    private static async Task<IResult> ListLatestTransfersAsync(long batchId, int? skip, int? take, RunQueries queries, TransferQueries transfers, CancellationToken cancel) =>
        await queries.FindLatestAsync(batchId, cancel) is { } run
            ? await TransfersAsync(run.Id, skip, take, transfers, cancel)
            : TypedResults.Ok(new Page<TransferResource>(0, []));

    private static async Task<IResult> FindRunAsync(long id, RunQueries queries, CancellationToken cancel) =>
        await queries.FindAsync(id, cancel) is { } run
            ? TypedResults.Ok(RunResource.Of(run, (await queries.SumAsync([id], cancel)).GetValueOrDefault(id)))
            : Problems.NotFound("run", Id(id));

    private static async Task<IResult> ListTransfersAsync(long id, int? skip, int? take, RunQueries queries, TransferQueries transfers, CancellationToken cancel) =>
        await queries.FindAsync(id, cancel) is null ? Problems.NotFound("run", Id(id)) : await TransfersAsync(id, skip, take, transfers, cancel);

    private static async Task<IResult> ExportTransfersAsync(
        long id, string? search, string? group, string? grade, string? failure, string? difference, string? format, RunQueries queries, TransfersFile file, CancellationToken cancel)
    {
        var (groups, grades) = (Words.ReadOne<RunGroup>("group", group), Words.ReadOne<Grade>("grade", grade));
        if ((groups.Refusal ?? grades.Refusal) is { } unknown)
            return unknown.ToProblem();
        if (await queries.FindAsync(id, cancel) is null)
            return Problems.NotFound("run", Id(id));
        var filter = new TransferFilter(search, groups.Value, grades.Value, Asked(failure)) { Difference = Asked(difference) };
        return await file.FindRefusalAsync(id, filter, cancel) is { } refusal ? refusal.ToProblem() : file.Answer(format, id, filter, cancel);
    }

    private static string? Asked(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static async Task<IResult> TransfersAsync(long runId, int? skip, int? take, TransferQueries transfers, CancellationToken cancel)
    {
        var page = await transfers.ListAsync(runId, Paging.Of(skip, take), cancel);
        return TypedResults.Ok(new Page<TransferResource>(page.Total, [.. page.Items.Select(TransferResource.Of)]));
    }
}
