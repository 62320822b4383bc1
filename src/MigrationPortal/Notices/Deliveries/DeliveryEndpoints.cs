using System.Globalization;
using System.Security.Claims;
using MigrationPortal.Api;
using MigrationPortal.Lists;
using MigrationPortal.Notices.Mail;

namespace MigrationPortal.Notices.Deliveries;

internal sealed record DeliveryJson(
    string Id, string Channel, DeliveryState State, string Kind, string Title, string? To, int Attempts, DateTimeOffset CreatedAt, DateTimeOffset NextAt, DateTimeOffset? SentAt, string? Error)
{
    public static DeliveryJson Of(DeliveryRow row) => new(
        row.Id.ToString(CultureInfo.InvariantCulture), row.Channel, row.State, row.Kind, row.Title, row.To, row.Attempts, row.CreatedAt, row.NextAt, row.SentAt, row.Error?.ToString());
}

/// <param name="To">The caller's address in the directory.</param>
internal sealed record TestMailJson(string To);

internal static class DeliveryEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var deliveries = api.MapGroup("deliveries").WithTags("Notifications");
        deliveries.MapGet("", ListAsync).Produces<Page<DeliveryJson>>();
        deliveries.MapGet("export", (DeliveriesFile file, ClaimsPrincipal user, string? state, string? format, CancellationToken cancel) =>
            Words.Read<DeliveryState>("state", state) is { IsDone: true } states ? file.AnswerAsync(format, states.Value, user.ToCaller(), cancel) : Task.FromResult(Words.Read<DeliveryState>("state", state).Refusal!.ToProblem())).ProducesFile();
        deliveries.MapPost("test-mail", async (SendTestMailHandler handler, ClaimsPrincipal user, CancellationToken cancel) =>
            (await handler.HandleAsync(user.ToCaller(), cancel)).ToResult(x => TypedResults.Ok(new TestMailJson(x)))).Produces<TestMailJson>();
        deliveries.MapPost("{id:long}/retry", async (long id, RetryDeliveryHandler handler, ClaimsPrincipal user, CancellationToken cancel) =>
            (await handler.HandleAsync(id, user.ToCaller(), cancel)).ToResult(_ => TypedResults.NoContent())).Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync(DeliveryQueries queries, ClaimsPrincipal user, string? state, int? skip, int? take, CancellationToken cancellationToken)
    {
        var states = Words.Read<DeliveryState>("state", state);
        if (!states.IsDone)
            return states.Refusal.ToProblem();
        return (await queries.ListAsync(states.Value, user.ToCaller(), Paging.Of(skip, take), cancellationToken))
            .ToResult(x => TypedResults.Ok(new Page<DeliveryJson>(x.Total, [.. x.Items.Select(DeliveryJson.Of)])));
    }
}
