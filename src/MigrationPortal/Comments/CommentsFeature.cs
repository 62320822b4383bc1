using System.Globalization;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Batches.Viewing.Edits;
using MigrationPortal.Comments.Viewing;
using MigrationPortal.Comments.Writing;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.Rooms.Viewing;
using MigrationPortal.SignIn.People;
using MigrationPortal.Ui;

namespace MigrationPortal.Comments;

/// <summary>What people say about a batch and its parts, beside its page.</summary>
internal static class CommentsFeature
{
    public static IServiceCollection AddComments(this IServiceCollection services) => services
        .AddSingleton<WaitingThreads>()
        .AddSingleton<IEditNotes, EditNotes>()
        .AddSingleton<CommentQueries>()
        .AddSingleton<ThreadQueries>()
        .AddSingleton<ThreadWatches>()
        .AddSingleton<Mentions>()
        .AddSingleton<KeepComment>()
        .AddNoticeKind(CommentAudience.Mentioned)
        .AddNoticeKind(CommentAudience.Replied)
        .AddSingleton<INoticeAudience, CommentAudience>()
        .AddSingleton<INoticeExcerpt, CommentExcerpts>()
        .AddLink("message-thread", MessageThread)
        .AddSingleton<OpenThreadHandler>()
        .AddSingleton<ReplyToThreadHandler>()
        .AddSingleton<EditCommentHandler>()
        .AddSingleton<DeleteCommentHandler>()
        .AddSingleton<RedactCommentHandler>()
        .AddSingleton<SettleThreadHandler>()
        .AddSingleton<IMentionPlaces, MentionsOfBatches>()
        .AddSingleton<IBatchDependent, ThreadsOfBatch>()
        .AddSingleton<IBatchViewPart, ReadThreads>()
        .AddSingleton(new BatchCard(typeof(BatchComments)))
        .AddSingleton(new RoomTab("comments", "Comments", typeof(RoomThreadsTab)))
        .AddRoleAction("Redact", [Role.Administrator], isScoped: false, "POST /api/v1/comments/{id:long}/redact");

    public static IEndpointRouteBuilder MapComments(this IEndpointRouteBuilder api)
    {
        CommentEndpoints.Map(api);
        ThreadEndpoints.Map(api);
        return api;
    }

    // "12/345/678": the batch, the room and the chatId.
    private static string MessageThread(string id, string? pair) => id.Split('/') is [var batch, var room, var chat]
        ? Urls.BatchComments(long.Parse(batch, CultureInfo.InvariantCulture), null, $"message:{room}:{chat}", pair)
        : throw new ArgumentException($"\"{id}\" names no message of a room in a batch.", nameof(id));
}
