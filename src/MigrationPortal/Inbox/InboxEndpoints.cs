using System.Security.Claims;
using MigrationPortal.Api;
using MigrationPortal.Batches.Api;
using MigrationPortal.Inbox.Marks;
using MigrationPortal.Lists;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Inbox;

/// <param name="Key">Stays the same while the thing is not settled.</param>
/// <param name="Class"><c>Now</c>, <c>Today</c>, <c>Decide</c> or <c>Do</c>.</param>
/// <param name="Why">Why it needs the caller, in the reader's language.</param>
/// <param name="WhyNot">Why another user must settle it; such a line is listed and not counted.</param>
/// <param name="ClaimedBy">The user who says that they take it; nobody is prevented from settling it.</param>
/// <param name="Snoozed">It is listed only because snoozed items were asked for.</param>
internal sealed record InboxItemJson(
    string Key, string Kind, InboxClass Class, string? BatchId, string Title, string Why, DateTimeOffset Since, DateTimeOffset? Due, string Action, string Url, string? WhyNot,
    InboxClaim? ClaimedBy, InboxSnooze? Snoozed)
{
    public static InboxItemJson Of(InboxLine line) => new(
        line.Key,
        line.Key.Split(':')[0],
        line.Class,
        Ids.Text(line.BatchId),
        line.Title,
        line.Reason,
        line.Since,
        line.Due,
        line.Action,
        line.Url,
        line.DisabledReason,
        line.Claim,
        line.Snooze);
}

/// <param name="Counts">Lines that are the caller's to settle, by class, without snoozed ones.</param>
/// <param name="Snoozed">How many the caller snoozed.</param>
internal sealed record InboxJson(long Total, IReadOnlyList<InboxItemJson> Items, IReadOnlyDictionary<InboxClass, int> Counts, int Snoozed);

/// <param name="Facts">Size, approvals and author where the item is about a batch.</param>
/// <param name="Sections">What changed since the caller looked, why it counts as it does, findings, the last comment; as the inbox shows them, in the reader's language.</param>
internal sealed record InboxDetailJson(InboxItemJson Item, IReadOnlyList<InboxFact> Facts, IReadOnlyList<InboxSection> Sections);

internal static class InboxEndpoints
{
    public static IEndpointRouteBuilder MapInboxApi(this IEndpointRouteBuilder api)
    {
        api.MapGet("inbox", ListAsync).WithTags("Inbox").Produces<InboxJson>();
        api.MapGet("inbox/export", (InboxFile file, ClaimsPrincipal user, string? poolPairId, string? format, CancellationToken cancel) =>
            file.AnswerAsync(format, poolPairId, user.ToCaller(), cancel)).WithTags("Inbox").ProducesFile();
        api.MapGet("inbox/{key}", FindAsync).WithTags("Inbox").Produces<InboxDetailJson>();
        MarkEndpoints.Map(api);
        return api;
    }

    private static async Task<IResult> ListAsync(
        InboxQueries queries, ClaimsPrincipal user, string? poolPairId, bool? snoozed, int? skip, int? take, CancellationToken cancellationToken)
    {
        var all = await queries.ListAsync(poolPairId, user.ToCaller(), cancellationToken);
        var lines = snoozed == true ? all : [.. all.Where(x => x.Snooze is null)];
        var page = Paging.Of(skip, take);
        var counts = Enum.GetValues<InboxClass>().ToDictionary(x => x, x => all.Count(line => line.Class == x && line is { DisabledReason: null, Snooze: null }));
        return TypedResults.Ok(new InboxJson(lines.Count, [.. lines.Skip(page.Skip).Take(page.Take).Select(InboxItemJson.Of)], counts, all.Count(x => x.Snooze is not null)));
    }

    private static async Task<IResult> FindAsync(string key, InboxQueries queries, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var caller = user.ToCaller();
        var found = await queries.FindLineAsync(key, caller, cancellationToken);
        if (!found.IsDone)
            return found.Refusal.ToProblem();
        // Settled between the two.
        return await queries.FindAsync(key, caller, cancellationToken) is { } detail
            ? TypedResults.Ok(new InboxDetailJson(InboxItemJson.Of(found.Value), detail.Facts, detail.Sections))
            : InboxQueries.NotFound(key).ToProblem();
    }
}
