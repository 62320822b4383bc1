using System.Security.Claims;
using MigrationPortal.Api;
using MigrationPortal.Engine;

namespace MigrationPortal.Batches.Viewing.Since;

/// <summary>What others changed of a batch since the caller looked, since it was approved, or since a plan.</summary>
internal static class SinceEndpoints
{
    public static void Map(RouteGroupBuilder batches) => batches.MapGet("{id:long}/changes", ReadAsync).Produces<ChangesJson>();

    private static async Task<IResult> ReadAsync(
        long id, string? since, int? skip, int? take, BatchQueries batches, SinceQueries queries, SinceText text, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await batches.FindAsync(id, cancellationToken) is not { } batch)
            return BatchRefusals.NotFound(id).ToProblem();
        var caller = user.ToCaller();
        var (point, unknown) = since switch
        {
            null or "" or "seen" => (await queries.FindSeenAsync(id, caller, cancellationToken), new Refusal("since-unknown.seen", RefusalKind.NotFound, batch.Name)),
            "approved" => (await queries.FindApprovedAsync(id, cancellationToken), new Refusal("since-unknown.approved", RefusalKind.NotFound, batch.Name)),
            _ => (await queries.FindPlanAsync(id, since, at: null, cancellationToken), new Refusal("since-unknown.plan", RefusalKind.NotFound, batch.Name, since)),
        };
        if (point is null)
            return unknown.ToProblem();
        var changes = await queries.ReadAsync(id, point, caller, cancellationToken);
        var paging = Paging.Of(skip, take);
        var fields = changes is null ? new(0, []) : await queries.FieldsAsync(id, point, caller, paging, cancellationToken);
        return TypedResults.Ok(ChangesJson.Of(point, changes, changes is null ? "" : await text.TellAsync(changes, cancellationToken), fields, paging));
    }
}
