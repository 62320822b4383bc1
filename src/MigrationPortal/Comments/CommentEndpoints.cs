using System.Security.Claims;
using MigrationPortal.Api;
using MigrationPortal.Batches;
using MigrationPortal.Comments.Writing;

namespace MigrationPortal.Comments;

/// <summary>Comments as one list of a batch, and each of them.</summary>
internal static class CommentEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var batches = api.MapGroup("batches").WithTags("Batches");
        batches.MapGet("{id:long}/comments", ListAsync).Produces<Page<CommentJson>>();
        batches.MapPost("{id:long}/comments", AddAsync).Produces<CommentJson>(StatusCodes.Status201Created);
        var comments = api.MapGroup("comments").WithTags("Comments");
        comments.MapPatch("{id:long}", async (long id, CommentBody body, EditCommentHandler handler, ClaimsPrincipal user, CancellationToken cancel) =>
            (await handler.HandleAsync(new EditComment(id, body.Text), user.ToCaller(), cancel)).ToResult(x => TypedResults.Ok(CommentJson.Of(x)))).Produces<CommentJson>();
        comments.MapDelete("{id:long}", async (long id, DeleteCommentHandler handler, ClaimsPrincipal user, CancellationToken cancel) =>
            (await handler.HandleAsync(id, user.ToCaller(), cancel)).ToResult(_ => TypedResults.NoContent())).Produces(StatusCodes.Status204NoContent);
        comments.MapPost("{id:long}/redact", async (long id, RedactBody body, RedactCommentHandler handler, ClaimsPrincipal user, CancellationToken cancel) =>
            (await handler.HandleAsync(new RedactComment(id, body.Reason), user.ToCaller(), cancel)).ToResult(_ => TypedResults.NoContent())).Produces(StatusCodes.Status204NoContent);
        // Whoever asks for no part gets what fits into one.
        comments.MapGet("{id:long}/versions", async (long id, int? skip, int? take, CommentQueries queries, ClaimsPrincipal user, CancellationToken cancel) =>
            (await queries.VersionsAsync(id, user.ToCaller(), Paging.Of(skip, take ?? Paging.MaxTake), cancel))
                .ToResult(x => TypedResults.Ok(new Page<CommentVersionJson>(x.Total, [.. x.Items.Select(CommentVersionJson.Of)]))))
            .Produces<Page<CommentVersionJson>>();
    }

    private static async Task<IResult> ListAsync(long id, BatchQueries batches, CommentQueries comments, int? skip, int? take, CancellationToken cancellationToken)
    {
        if (await batches.FindAsync(id, cancellationToken) is null)
            return BatchRefusals.NotFound(id).ToProblem();
        var page = await comments.ListAsync(id, Paging.Of(skip, take), cancellationToken);
        return TypedResults.Ok(new Page<CommentJson>(page.Total, [.. page.Items.Select(CommentJson.Of)]));
    }

    private static async Task<IResult> AddAsync(long id, CommentBody body, OpenThreadHandler handler, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(new OpenThread(id, Anchor.Batch, body.Text), user.ToCaller(), cancellationToken))
            .ToResult(comment => TypedResults.Json(CommentJson.Of(comment), statusCode: StatusCodes.Status201Created));
}
