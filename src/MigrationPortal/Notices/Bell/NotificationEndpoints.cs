using System.Globalization;
using System.Security.Claims;
using MigrationPortal.Api;
using MigrationPortal.Engine;
using MigrationPortal.Lists;

namespace MigrationPortal.Notices.Bell;

/// <param name="Text">What happened, in the reader's language.</param>
/// <param name="Url">The page about it, within the portal.</param>
internal sealed record NotificationJson(string Id, string Kind, DateTimeOffset At, DateTimeOffset? ReadAt, string Title, string Text, string? Detail, string Url)
{
    public static NotificationJson Of(NotificationRow row) =>
        new(row.Id.ToString(CultureInfo.InvariantCulture), row.Kind, row.At, row.ReadAt, row.Title, row.Sentence.ToString(), row.Detail?.ToString(), row.Url);
}

internal sealed record NotificationsJson(long Total, IReadOnlyList<NotificationJson> Items, long Unread);

/// <param name="Ids">Null: all of them, or all up to <paramref name="UpTo"/>.</param>
internal sealed record ReadBody(IReadOnlyList<string>? Ids = null, string? UpTo = null);

internal sealed record UnreadJson(long Unread);

internal static class NotificationEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var notifications = api.MapGroup("notifications").WithTags("Notifications");
        notifications.MapGet("", ListAsync).Produces<NotificationsJson>();
        notifications.MapGet("export", (NotificationsFile file, ClaimsPrincipal user, bool? unread, string? format, CancellationToken cancel) => file.Answer(format, user.ToCaller(), unread == true, cancel)).ProducesFile();
        notifications.MapPost("read", ReadAsync).Produces<UnreadJson>();
    }

    private static async Task<IResult> ListAsync(NotificationQueries queries, ClaimsPrincipal user, bool? unread, int? skip, int? take, CancellationToken cancellationToken)
    {
        var view = await queries.ListAsync(user.ToCaller(), unread == true, Paging.Of(skip, take), cancellationToken);
        return TypedResults.Ok(new NotificationsJson(view.Total, [.. view.Items.Select(NotificationJson.Of)], view.Unread));
    }

    private static async Task<IResult> ReadAsync(ReadBody body, ReadNotificationsHandler handler, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        List<string> texts = [.. body.Ids ?? [], .. body.UpTo is { } last ? [last] : (IEnumerable<string>)[]];
        if (texts.Count > Paging.MaxTake || texts.Exists(x => Number(x) is null))
            return new Refusal("ids-invalid", RefusalKind.Invalid, Paging.MaxTake).ToProblem();
        var request = new ReadNotifications(body.Ids?.Select(x => Number(x)!.Value).ToList(), body.UpTo is null ? null : Number(body.UpTo));
        return (await handler.HandleAsync(request, user.ToCaller(), cancellationToken)).ToResult(x => TypedResults.Ok(new UnreadJson(x)));
    }

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
