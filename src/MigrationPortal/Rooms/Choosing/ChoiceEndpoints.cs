using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Data;
using MigrationPortal.Rooms.Deciding;

namespace MigrationPortal.Rooms.Choosing;

internal sealed record ChoiceBody(RoomStep Step, long[]? RoomIds);

/// <param name="OnlyFitting">Does what can be done and answers the rest as <c>left</c>; else all of them or none.</param>
internal sealed record DecideRoomsBody(long[]? RoomIds, string? Reason, bool OnlyFitting = false);

/// <param name="DifferenceKeys">By room, as each had it when it was looked at: one that differs otherwise now, or that is not named, is not accepted. Missing accepts what is there.</param>
internal sealed record AcceptRoomsBody(long[]? RoomIds, string? Reason, bool OnlyFitting = false, Dictionary<long, string?>? DifferenceKeys = null);

/// <param name="Message">Reason and count as a sentence.</param>
internal sealed record LeftJson(RoomFit Reason, long Count, string Message)
{
    public static IReadOnlyList<LeftJson> Of(IEnumerable<LeftRooms> left) => [.. left.Select(x => new LeftJson(x.Why, x.Count, x.ToWording().ToString()))];
}

/// <param name="Fitting">Rooms with which the step can be done.</param>
internal sealed record JudgedChoiceJson(long Fitting, IReadOnlyList<LeftJson> Left);

/// <param name="Changed">Rooms that are other than before.</param>
internal sealed record DecidedRoomsJson(int Changed, IReadOnlyList<LeftJson> Left);

/// <param name="Proposed">Rooms whose messages differ: a second person confirms those.</param>
internal sealed record AcceptedRoomsJson(int Accepted, int Proposed, IReadOnlyList<LeftJson> Left);

/// <summary>What people do with many rooms at once, for programs.</summary>
internal static class ChoiceEndpoints
{
    public static void Map(IEndpointRouteBuilder rooms)
    {
        rooms.MapPost("/rooms/judge", JudgeAsync).Produces<JudgedChoiceJson>();
        rooms.MapPost("/rooms/exclude", async (DecideRoomsBody body, ClaimsPrincipal user, ExcludeRoomsHandler handler, CancellationToken token) =>
            (await handler.HandleAsync(new(body.RoomIds ?? [], body.Reason) { OnlyFitting = body.OnlyFitting }, user.ToCaller(), token))
                .ToResult(x => TypedResults.Ok(new DecidedRoomsJson(x.Count, LeftJson.Of(x.Left))))).Produces<DecidedRoomsJson>();
        rooms.MapPost("/rooms/include", async (DecideRoomsBody body, ClaimsPrincipal user, IncludeRoomsHandler handler, CancellationToken token) =>
            (await handler.HandleAsync(new(body.RoomIds ?? []) { OnlyFitting = body.OnlyFitting }, user.ToCaller(), token))
                .ToResult(x => TypedResults.Ok(new DecidedRoomsJson(x.Count, LeftJson.Of(x.Left))))).Produces<DecidedRoomsJson>();
        rooms.MapPost("/rooms/accept", async (AcceptRoomsBody body, ClaimsPrincipal user, AcceptDifferencesHandler handler, CancellationToken token) =>
            (await handler.HandleAsync(new(body.RoomIds ?? [], body.Reason) { OnlyFitting = body.OnlyFitting, Seen = body.DifferenceKeys }, user.ToCaller(), token))
                .ToResult(x => TypedResults.Ok(new AcceptedRoomsJson(x.Accepted, x.Proposed, LeftJson.Of(x.Left))))).Produces<AcceptedRoomsJson>();
    }

    private static async Task<IResult> JudgeAsync(ChoiceBody body, ClaimsPrincipal user, IDbContextFactory<PortalDbContext> databases, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        var chosen = await ChosenRooms.LoadAsync(db, body.RoomIds ?? [], token);
        if (!chosen.IsDone)
            return chosen.Refusal.ToProblem();
        var judged = await JudgeChoice.HandleAsync(db, body.Step, chosen.Value.PoolPairId, chosen.Value.RoomIds, user.ToCaller(), token);
        return TypedResults.Ok(new JudgedChoiceJson(judged.Fitting.Length, LeftJson.Of(judged.Left)));
    }
}
