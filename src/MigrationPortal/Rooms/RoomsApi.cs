using System.Globalization;
using System.Security.Claims;
using MigrationPortal.Api;
using MigrationPortal.Engine;
using MigrationPortal.Lists;
using MigrationPortal.Rooms.Browsing;
using MigrationPortal.Rooms.Choosing;
using MigrationPortal.Rooms.Deciding;
using MigrationPortal.Rooms.Exporting;
using MigrationPortal.Rooms.Viewing;

namespace MigrationPortal.Rooms;

internal sealed record ReasonBody(string? Reason);

/// <param name="DifferenceKey">As the room had it when it was looked at: where it differs otherwise now, 412 <c>differences-changed</c>. Missing accepts what is there.</param>
internal sealed record AcceptBody(string? Reason, string? DifferenceKey);

internal sealed record TranscriptBody(string? Reason, string? From, int? Take);

/// <param name="IsLegacy">Which side's message.</param>
/// <param name="From">What the transcript, or the part before, calls the rest.</param>
internal sealed record MessagePartBody(string? Reason, bool IsLegacy, int? From);

/// <summary>Rooms for programs: the same queries and use cases as the pages.</summary>
internal static class RoomsApi
{
    public static void MapRoomEndpoints(this IEndpointRouteBuilder api)
    {
        var rooms = api.MapGroup("").WithTags("Rooms");
        rooms.MapGet("/pool-pairs/{pair}/rooms", ListAsync);
        rooms.MapGet("/pool-pairs/{pair}/rooms/export", ExportAsync).ProducesFile();
        rooms.MapGet("/rooms/{id:long}", async (long id, RoomQueries queries, CancellationToken token) =>
            await queries.FindAsync(id, token) is { } view ? Results.Ok(RoomAnswer.Of(view)) : Missing(id));
        rooms.MapGet("/rooms/{id:long}/people", (long id, int? skip, int? take, RoomPeople people, RoomQueries queries, CancellationToken token) =>
            OfRoomAsync(id, queries, async view => Results.Ok(await people.ListAsync(view, Paging.Of(skip, take), token)), token));
        rooms.MapGet("/rooms/{id:long}/people/export", (long id, string? format, RoomPartsFile file, RoomQueries queries, CancellationToken token) =>
            OfRoomAsync(id, queries, view => Task.FromResult(file.People(format, view, token)), token)).ProducesFile();
        rooms.MapGet("/rooms/{id:long}/history/export", (long id, string? format, RoomPartsFile file, RoomQueries queries, CancellationToken token) =>
            OfRoomAsync(id, queries, view => Task.FromResult(file.History(format, view, token)), token)).ProducesFile();
        // Whole: a room has as many months as it is old.
        rooms.MapGet("/rooms/{id:long}/months", (long id, RoomMonths months, RoomQueries queries, CancellationToken token) =>
            OfRoomAsync(id, queries, async view => (await months.ListAsync(view, token)).ToResult(Listed), token));
        rooms.MapGet("/rooms/{id:long}/history", (long id, int? skip, int? take, RoomHistory history, RoomQueries queries, CancellationToken token) =>
            OfRoomAsync(id, queries, async view => Results.Ok(await history.ListAsync(view, Paging.Of(skip, take), token)), token));
        ChoiceEndpoints.Map(rooms);
        rooms.MapPost("/rooms/{id:long}/transcript", TranscriptAsync);
        rooms.MapPost("/rooms/{id:long}/transcript/{chatId:long}", async (long id, long chatId, MessagePartBody body, ClaimsPrincipal user, ReadMessagePartHandler handler, CancellationToken token) =>
            (await handler.HandleAsync(new(id, chatId, body.IsLegacy, body.From ?? 0, body.Reason), user.ToCaller(), token)).ToResult());

        rooms.MapPut("/rooms/{id:long}/left-out", async (long id, ReasonBody body, ClaimsPrincipal user, ExcludeRoomsHandler handler, RoomQueries queries, CancellationToken token) =>
            await DoneAsync(id, await handler.HandleAsync(new([id], body.Reason), user.ToCaller(), token), queries, token));
        rooms.MapDelete("/rooms/{id:long}/left-out", async (long id, ClaimsPrincipal user, IncludeRoomsHandler handler, RoomQueries queries, CancellationToken token) =>
            await DoneAsync(id, await handler.HandleAsync(new([id]), user.ToCaller(), token), queries, token));
        rooms.MapPut("/rooms/{id:long}/accepted", async (long id, AcceptBody body, ClaimsPrincipal user, AcceptDifferencesHandler handler, RoomQueries queries, CancellationToken token) =>
            await DoneAsync(id, await handler.HandleAsync(new([id], body.Reason) { Seen = body.DifferenceKey is { } key ? new Dictionary<long, string?> { [id] = key } : null }, user.ToCaller(), token), queries, token));
        rooms.MapDelete("/rooms/{id:long}/accepted", async (long id, ClaimsPrincipal user, WithdrawAcceptanceHandler handler, RoomQueries queries, CancellationToken token) =>
            await DoneAsync(id, await handler.HandleAsync(new([id]), user.ToCaller(), token), queries, token));
    }

    private static async Task<IResult> ListAsync(
        string pair, string? comparison, string? search, string? category, string? batchId, string? place, string? fit, string? sort, int? skip, int? take,
        RoomQueries queries, PoolPairs.PoolPairQueries pairs, CancellationToken token)
    {
        var asked = await FilterAsync(pair, comparison, search, category, batchId, place, fit, sort, pairs, token);
        if (asked.Value is not { } filter)
            return asked.Refusal!.ToProblem();
        var counts = await queries.CountAsync(filter, token);
        var total = counts.Where(x => filter.Comparisons.Count == 0 || filter.Comparisons.Contains(x.Comparison)).Sum(x => x.Rooms);
        return Results.Ok(new Page<RoomRow>(total, await queries.ListAsync(filter, Paging.Of(skip, take), token)));
    }

    private static async Task<IResult> ExportAsync(
        string pair, string? comparison, string? search, string? category, string? batchId, string? place, string? fit, string? sort, string? format,
        RoomsFile file, PoolPairs.PoolPairQueries pairs, CancellationToken token) =>
        (await FilterAsync(pair, comparison, search, category, batchId, place, fit, sort, pairs, token)).ToResult(filter => file.Answer(format, filter, token));

    private static async Task<Outcome<RoomFilter>> FilterAsync(
        string pair, string? comparison, string? search, string? category, string? batchId, string? place, string? fit, string? sort, PoolPairs.PoolPairQueries pairs, CancellationToken token)
    {
        if (await pairs.FindAsync(pair, token) is null)
            return new Refusal("not-found.pool-pair", RefusalKind.NotFound, pair);
        var (comparisons, key, at) = (Words.Read<Comparison>("comparison", comparison), Words.ReadOne<RoomSort>("sort", sort?.TrimStart('-')), Words.ReadOne<Place>("place", place));
        if ((comparisons.Refusal ?? key.Refusal ?? at.Refusal) is { } unknown)
            return unknown;
        var batches = Words.Split(batchId);
        if (batches.Any(x => !long.TryParse(x, CultureInfo.InvariantCulture, out _)))
            return new Refusal("invalid-filter.batch", RefusalKind.Invalid, batchId);

        if (!string.IsNullOrEmpty(fit) && RoomFitFilter.Find(fit) is null)
            return new Refusal("invalid-filter.fit", RefusalKind.Invalid, fit, Enum.GetNames<RoomStep>(), Enum.GetNames<RoomFit>());

        return new RoomFilter
        {
            PoolPairId = pair,
            Comparisons = comparisons.Value!,
            Search = search,
            Categories = Access.CategoryPaths.List(category),
            BatchIds = [.. batches.Select(x => long.Parse(x, CultureInfo.InvariantCulture))],
            Place = at.Value,
            Fit = RoomFitFilter.Find(fit),
            Sort = key.Value ?? RoomSort.Category,
            Descending = sort?.StartsWith('-') == true,
        };
    }

    private static async Task<IResult> TranscriptAsync(long id, TranscriptBody body, ClaimsPrincipal user, OpenTranscriptHandler handler, CancellationToken token)
    {
        long? from = null;
        if (body.From is { Length: > 0 } text)
        {
            if (!long.TryParse(text, CultureInfo.InvariantCulture, out var parsed))
                return new Refusal("invalid-from").ToProblem();
            from = parsed;
        }

        var outcome = await handler.HandleAsync(new OpenTranscript(id, body.Reason, from, body.Take), user.ToCaller(), token);
        return outcome.ToResult(Listed);
    }

    private static IResult Missing(long id) => Problems.NotFound("room", id.ToString(CultureInfo.InvariantCulture));

    private static IResult Listed<T>(IReadOnlyList<T> items) => Results.Ok(new Page<T>(items.Count, items));

    private static async Task<IResult> OfRoomAsync(long id, RoomQueries queries, Func<RoomView, Task<IResult>> answer, CancellationToken token) =>
        await queries.FindAsync(id, token) is { } view ? await answer(view) : Missing(id);

    private static async Task<IResult> DoneAsync<T>(long id, Outcome<T> outcome, RoomQueries queries, CancellationToken token) =>
        outcome.Refusal is { } refusal ? refusal.ToProblem() : Results.Ok(RoomAnswer.Of((await queries.FindAsync(id, token))!));
}
