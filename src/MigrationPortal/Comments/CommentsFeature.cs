using System.Security.Claims;
using MigrationPortal.Api;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Api;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Viewing;

namespace MigrationPortal.Comments;

internal sealed record CommentBody(string? Text);

internal sealed record CommentJson(string Id, DateTimeOffset At, string By, string Text)
{
    public static CommentJson Of(BatchComment comment) => new(Ids.Text(comment.Id), comment.At, comment.By, comment.Text);
}

/// <summary>What people say about a batch, beside its page.</summary>
internal static class CommentsFeature
{
    public static IServiceCollection AddComments(this IServiceCollection services) => services
        .AddSingleton<CommentQueries>()
        .AddSingleton<AddCommentHandler>()
        .AddSingleton<IBatchDependent, CommentsOfBatch>()
        .AddSingleton<IBatchViewPart, ReadComments>()
        .AddSingleton(new BatchCard(typeof(BatchComments)));

    public static IEndpointRouteBuilder MapComments(this IEndpointRouteBuilder api)
    {
        var comments = api.MapGroup("batches").WithTags("Batches");
        comments.MapGet("{id:long}/comments", ListAsync);
        comments.MapPost("{id:long}/comments", AddAsync);
        return api;
    }

    private static async Task<IResult> ListAsync(long id, BatchQueries batches, CommentQueries comments, int? skip, int? take, CancellationToken cancellationToken)
    {
        if (await batches.FindAsync(id, cancellationToken) is null)
            return BatchRefusals.NotFound(id).ToProblem();
        var page = await comments.ListAsync(id, Paging.Of(skip, take), cancellationToken);
        return TypedResults.Ok(new Page<CommentJson>(page.Total, [.. page.Items.Select(CommentJson.Of)]));
    }

    private static async Task<IResult> AddAsync(long id, CommentBody body, AddCommentHandler handler, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(new AddComment(id, body.Text), user.ToCaller(), cancellationToken))
            .ToResult(comment => TypedResults.Json(CommentJson.Of(comment), statusCode: StatusCodes.Status201Created));
}
