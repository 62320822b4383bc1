using System.Security.Claims;
using MigrationPortal.Api;
using MigrationPortal.Batches;
using MigrationPortal.Comments.Viewing;
using MigrationPortal.Comments.Writing;
using MigrationPortal.Engine;

namespace MigrationPortal.Comments;

internal static class ThreadEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var batches = api.MapGroup("batches").WithTags("Comments");
        batches.MapGet("{id:long}/threads", ListAsync).Produces<Page<ThreadJson>>();
        batches.MapPost("{id:long}/threads", OpenAsync).Produces<ThreadJson>(StatusCodes.Status201Created);
        var threads = api.MapGroup("threads").WithTags("Comments");
        threads.MapPost("{id:long}/comments", async (long id, CommentBody body, ReplyToThreadHandler handler, ClaimsPrincipal user, CancellationToken cancel) =>
            (await handler.HandleAsync(new ReplyToThread(id, body.Text), user.ToCaller(), cancel))
                .ToResult(x => TypedResults.Json(CommentJson.Of(x), statusCode: StatusCodes.Status201Created))).Produces<CommentJson>(StatusCodes.Status201Created);
        threads.MapPost("{id:long}/resolve", (long id, SettleThreadHandler handler, ThreadQueries queries, ClaimsPrincipal user, CancellationToken cancel) =>
            SettleAsync(new SettleThread(id, IsResolved: true), handler, queries, user, cancel)).Produces<ThreadJson>();
        threads.MapPost("{id:long}/reopen", (long id, SettleThreadHandler handler, ThreadQueries queries, ClaimsPrincipal user, CancellationToken cancel) =>
            SettleAsync(new SettleThread(id, IsResolved: false), handler, queries, user, cancel)).Produces<ThreadJson>();
    }

    private static async Task<IResult> ListAsync(long id, ThreadQueries queries, ClaimsPrincipal user, int? skip, int? take, CancellationToken cancellationToken) =>
        await queries.ListAsync(id, user.ToCaller(), Paging.Of(skip, take), cancellationToken) is { } page
            ? TypedResults.Ok(new Page<ThreadJson>(page.Total, [.. page.Items.Select(ThreadJson.Of)]))
            : BatchRefusals.NotFound(id).ToProblem();

    private static async Task<IResult> OpenAsync(long id, ThreadBody body, OpenThreadHandler handler, ThreadQueries queries, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var about = Anchor.Read(body.About);
        if (!about.IsDone)
            return about.Refusal.ToProblem();
        var caller = user.ToCaller();
        var outcome = await handler.HandleAsync(new OpenThread(id, about.Value, body.Text, body.Must), caller, cancellationToken);
        return outcome.IsDone
            ? (await queries.FindAsync(outcome.Value.ThreadId, caller, cancellationToken)).ToResult(x => TypedResults.Json(ThreadJson.Of(x), statusCode: StatusCodes.Status201Created))
            : outcome.Refusal.ToProblem();
    }

    private static async Task<IResult> SettleAsync(SettleThread request, SettleThreadHandler handler, ThreadQueries queries, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var caller = user.ToCaller();
        var outcome = await handler.HandleAsync(request, caller, cancellationToken);
        return outcome.IsDone ? (await queries.FindAsync(request.ThreadId, caller, cancellationToken)).ToResult(x => TypedResults.Ok(ThreadJson.Of(x))) : outcome.Refusal.ToProblem();
    }
}
