using System.Security.Claims;
using MigrationPortal.Api;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Engine.Preflight;

namespace MigrationPortal.Batches.Api;

/// <summary>Plan, preflight and what people did: all below one batch. Reading a stale plan computes it.</summary>
internal static class PlanEndpoints
{
    public static void Map(RouteGroupBuilder batches)
    {
        batches.MapGet("{id:long}/plan", PlanAsync);
        batches.MapGet("{id:long}/categories", CategoriesAsync);
        batches.MapGet("{id:long}/preflight", PreflightAsync);
        batches.MapGet("{id:long}/right-changes", RightChangesAsync);
        batches.MapPost("{id:long}/findings/{findingId:long}/acknowledge", AcknowledgeAsync);
        batches.MapPost("{id:long}/acknowledge", AcknowledgeRuleAsync).Produces<AcknowledgedJson>();
        batches.MapGet("{id:long}/timeline", TimelineAsync);
    }

    private static async Task<IResult> PlanAsync(
        long id, PlanBatchHandler plan, PlanQueries queries, string? kind, string? action, long? roomId, string? search, int? skip, int? take,
        CancellationToken cancellationToken)
    {
        var outcome = await plan.HandleAsync(new PlanBatch(id), cancellationToken);
        if (!outcome.IsDone)
            return outcome.Refusal.ToProblem();
        var head = outcome.Value;
        var page = await queries.ItemsAsync(head.Id, new PlanFilter(List(kind), List(action), roomId, search), Paging.Of(skip, take), cancellationToken);
        var watermark = new WatermarkJson(Ids.Text(head.ScanId), head.ComputedAt, head.MessageCount);
        return TypedResults.Ok(new PlanJson(head.Fingerprint, watermark, head.Totals, page.Total, [.. page.Items.Select(PlanItemJson.Of)]));
    }

    private static async Task<IResult> RightChangesAsync(
        long id, bool? gains, int? skip, int? take, PlanBatchHandler plan, RightChangeQueries queries, CancellationToken cancellationToken)
    {
        var outcome = await plan.HandleAsync(new PlanBatch(id), cancellationToken);
        return outcome.IsDone
            ? TypedResults.Ok((await queries.ListAsync(id, gains, Paging.Of(skip, take), cancellationToken))?.Page ?? new(0, []))
            : outcome.Refusal.ToProblem();
    }

    private static async Task<IResult> CategoriesAsync(
        long id, int? skip, int? take, PlanBatchHandler plan, BatchCategoryQueries queries, CancellationToken cancellationToken)
    {
        var outcome = await plan.HandleAsync(new PlanBatch(id), cancellationToken);
        return outcome.IsDone
            ? TypedResults.Ok(await queries.ListAsync(id, outcome.Value.Id, Paging.Of(skip, take), cancellationToken))
            : outcome.Refusal.ToProblem();
    }

    // Findings are shown all at once: the page is as long as a page may be unless less is asked for.
    private static async Task<IResult> PreflightAsync(
        long id, PlanBatchHandler plan, PlanQueries queries, int? skip, int? take, CancellationToken cancellationToken)
    {
        var outcome = await plan.HandleAsync(new PlanBatch(id), cancellationToken);
        if (!outcome.IsDone)
            return outcome.Refusal.ToProblem();
        var page = await queries.FindingsAsync(id, Paging.Of(skip, take ?? Paging.MaxTake), cancellationToken);
        return TypedResults.Ok(new Page<FindingJson>(page.Total, [.. page.Items.Select(FindingJson.Of)]));
    }

    private static async Task<IResult> AcknowledgeAsync(
        long id, long findingId, AcknowledgeFindingsHandler handler, ClaimsPrincipal user, HttpContext http, CancellationToken cancellationToken)
    {
        var body = await OptionalBody.ReadAsync<AcknowledgeBody>(http.Request, cancellationToken);
        var outcome = await handler.HandleAsync(new AcknowledgeFindings(id, [findingId], body?.Reason), user.ToCaller(), cancellationToken);
        return outcome.ToResult(_ => TypedResults.NoContent());
    }

    private static async Task<IResult> AcknowledgeRuleAsync(
        long id, AcknowledgeRuleBody body, AcknowledgeRuleHandler handler, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var request = new AcknowledgeRule(id, body.RuleId, body.Reason, body.How, body.FindingIds);
        return (await handler.HandleAsync(request, user.ToCaller(), cancellationToken)).ToResult(x => TypedResults.Ok(new AcknowledgedJson(x)));
    }

    private static async Task<IResult> TimelineAsync(
        long id, BatchQueries batches, TimelineQueries timeline, int? skip, int? take, CancellationToken cancellationToken)
    {
        if (await batches.FindAsync(id, cancellationToken) is null)
            return BatchRefusals.NotFound(id).ToProblem();
        var page = await timeline.EventsAsync(id, Paging.Of(skip, take), cancellationToken);
        return TypedResults.Ok(new Page<EventJson>(page.Total, [.. page.Items.Select(EventJson.Of)]));
    }

    private static string[] List(string? commas) => (commas ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
