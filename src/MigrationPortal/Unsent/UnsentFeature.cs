using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using MigrationPortal.Api;
using MigrationPortal.Engine;
using MigrationPortal.Jobs;

namespace MigrationPortal.Unsent;

/// <param name="Before">What the field said before.</param>
/// <param name="Age">Milliseconds since it was typed.</param>
internal sealed record DraftBody(string? Text, string? Before = null, long Age = 0);

/// <param name="Text">Null where it was sent or discarded since.</param>
/// <param name="Age">Milliseconds since it was typed, for whoever has a copy and no clock in common with the portal.</param>
internal sealed record DraftJson(string Place, string? Text, string Before, DateTimeOffset At, long Age);

/// <summary>What a person typed and has not sent, kept by the portal so that no lost circuit, browser or machine loses it (docs/decisions/0030).</summary>
internal static class UnsentFeature
{
    public static IServiceCollection AddUnsent(this IServiceCollection services) => services
        .AddSingleton<SaveDraftHandler>()
        .AddSingleton<DiscardDraftHandler>()
        .AddSingleton<DraftQueries>()
        .AddSingleton<IUnfinishedWork, PruneDrafts>();

    public static IEndpointRouteBuilder MapUnsent(this IEndpointRouteBuilder api)
    {
        var drafts = api.MapGroup("/drafts").WithTags("Drafts");
        drafts.MapGet("", async (string? under, DraftQueries queries, TimeProvider time, ClaimsPrincipal user, CancellationToken cancel) =>
        {
            var found = await queries.ListAsync(under ?? "", user.ToCaller(), cancel);
            return new Page<DraftJson>(found.Count, [.. found.Select(x => JsonOf(x, time))]);
        });
        drafts.MapGet("/{**place}", async (string place, DraftQueries queries, TimeProvider time, ClaimsPrincipal user, CancellationToken cancel) =>
            ToResult(await queries.FindAsync(place, user.ToCaller(), cancel), time)).Produces<DraftJson>();
        drafts.MapPut("/{**place}", async (string place, DraftBody body, SaveDraftHandler save, TimeProvider time, ClaimsPrincipal user, CancellationToken cancel) =>
            ToResult(await save.HandleAsync(new SaveDraft(place, body.Text, body.Before, body.Age), user.ToCaller(), cancel), time)).Produces<DraftJson>();
        drafts.MapDelete("/{**place}", async (string place, [FromQuery] long? age, DiscardDraftHandler discard, ClaimsPrincipal user, CancellationToken cancel) =>
            (await discard.HandleAsync(new DiscardDraft(place, age ?? 0), user.ToCaller(), cancel)).ToResult(_ => TypedResults.NoContent())).Produces(StatusCodes.Status204NoContent);
        return api;
    }

    private static IResult ToResult(Outcome<Draft> outcome, TimeProvider time) => outcome.ToResult(x => TypedResults.Ok(JsonOf(x, time)));

    private static DraftJson JsonOf(Draft draft, TimeProvider time) =>
        new(draft.Place, draft.Text, draft.Before, draft.At, Math.Max(0, (long)(time.GetUtcNow() - draft.At).TotalMilliseconds));
}
