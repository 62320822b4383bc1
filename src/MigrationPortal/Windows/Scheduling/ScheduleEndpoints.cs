using System.Security.Claims;
using MigrationPortal.Api;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Api;
using MigrationPortal.Engine;

namespace MigrationPortal.Windows.Scheduling;

/// <param name="From">Not before; missing starts at the next open window.</param>
/// <param name="To">Later it is missed, and the batch stays approved.</param>
/// <param name="Confirmations">In advance; <c>ServicesStopped</c> holds for 60 minutes.</param>
internal sealed record ScheduleBody(DateTimeOffset? From = null, DateTimeOffset? To = null, IReadOnlyList<string>? Confirmations = null);

/// <param name="StartsAt">The first moment at which a window is open; null where it was missed, or none opens in time.</param>
/// <param name="Waits">What kept it from starting when it was looked at last.</param>
internal sealed record ScheduleJson(
    string BatchId, DateTimeOffset? From, DateTimeOffset? To, string By, DateTimeOffset At, IReadOnlyList<string> Confirmations, DateTimeOffset? StartsAt, string? Waits,
    DateTimeOffset? MissedAt, string? MissedWhy);

internal static class ScheduleEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var batches = api.MapGroup("batches/{id:long}").WithTags("Windows");
        batches.MapGet("schedule", GetAsync).Produces<ScheduleJson>();
        batches.MapPost("schedule", async (long id, HttpContext http, ScheduleBatchHandler handler, BatchQueries queries, ClaimsPrincipal user, CancellationToken cancel) =>
        {
            var body = await OptionalBody.ReadAsync<ScheduleBody>(http.Request, cancel) ?? new();
            var outcome = await handler.HandleAsync(new ScheduleBatch(id, body.From, body.To, body.Confirmations ?? []), user.ToCaller(), cancel);
            return outcome.IsDone ? await BatchEndpoints.ShowAsync(id, queries, http, isNew: false, cancel) : outcome.Refusal.ToProblem();
        }).Accepts<ScheduleBody>(isOptional: true, "application/json").Produces<BatchJson>();
        batches.MapPost("unschedule", async (long id, HttpContext http, UnscheduleBatchHandler handler, BatchQueries queries, ClaimsPrincipal user, CancellationToken cancel) =>
        {
            var outcome = await handler.HandleAsync(id, user.ToCaller(), cancel);
            return outcome.IsDone ? await BatchEndpoints.ShowAsync(id, queries, http, isNew: false, cancel) : outcome.Refusal.ToProblem();
        }).Produces<BatchJson>();
    }

    private static async Task<IResult> GetAsync(long id, BatchQueries batches, ScheduleQueries schedules, WindowQueries windows, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await batches.FindAsync(id, cancellationToken) is not { } batch)
            return BatchRefusals.NotFound(id).ToProblem();
        if (await schedules.FindAsync(id, cancellationToken) is not { } schedule)
            return new Refusal("not-scheduled", RefusalKind.NotFound, batch.Name).ToProblem();
        var start = batch.State == BatchState.Scheduled ? ScheduleTimes.FindStart(schedule, await windows.FindAsync(batch.PoolPairId, cancellationToken), clock.GetUtcNow())?.From : null;
        return TypedResults.Ok(new ScheduleJson(
            Ids.Text(id), schedule.From, schedule.To, schedule.By, schedule.At, schedule.Confirmations, start, schedule.Waits?.ToString(), schedule.MissedAt, schedule.MissedWhy?.ToString()));
    }
}
