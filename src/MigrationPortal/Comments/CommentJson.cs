using System.Globalization;
using MigrationPortal.Batches.Api;
using MigrationPortal.Comments.Viewing;

namespace MigrationPortal.Comments;

internal sealed record CommentBody(string? Text);

/// <param name="About">As a thread's: <c>batch</c> (default), <c>room:12</c>, <c>finding:P05</c>, <c>planLine:Member:12:Name</c>, <c>deltaLine:Member:12:Name</c>, <c>message:12:345</c>, <c>undo:3</c>, <c>run:7</c>.</param>
/// <param name="Must">Has to be resolved before approvals suffice, where the review policy asks for that.</param>
internal sealed record ThreadBody(string? Text, string? About = null, bool Must = false);

internal sealed record RedactBody(string? Reason);

internal sealed record CommentJson(string Id, DateTimeOffset At, string By, string Text, string ThreadId, DateTimeOffset? EditedAt, bool IsDeleted, bool IsRedacted)
{
    public static CommentJson Of(Comment comment) => new(
        Ids.Text(comment.Id), comment.At, comment.By, comment.Text, Ids.Text(comment.ThreadId), comment.EditedAt, comment.DeletedAt is not null, comment.RedactedAt is not null);
}

internal sealed record CommentVersionJson(int Version, string Text, DateTimeOffset ReplacedAt)
{
    public static CommentVersionJson Of(CommentVersion version) => new(version.Version, version.Text, version.At);
}

/// <param name="Fingerprint">Of the plan that was shown when it was begun.</param>
/// <param name="IsGone">What it is about is no longer there.</param>
/// <param name="IsOutdated">It was begun when the plan was another one.</param>
internal sealed record ThreadJson(
    string Id, string BatchId, string About, bool Must, string? Fingerprint, bool IsGone, bool IsOutdated, string By, DateTimeOffset At, string? ResolvedBy, DateTimeOffset? ResolvedAt,
    IReadOnlyList<CommentJson> Comments)
{
    public static ThreadJson Of(ThreadView view) => new(
        Ids.Text(view.Thread.Id), Ids.Text(view.Thread.BatchId), view.Thread.Anchor.ToString(), view.Thread.Must, view.Thread.Fingerprint, view.IsGone, view.IsOutdated,
        view.Thread.By, view.Thread.At, view.Thread.ResolvedBy, view.Thread.ResolvedAt, [.. view.Comments.Select(CommentJson.Of)]);
}
