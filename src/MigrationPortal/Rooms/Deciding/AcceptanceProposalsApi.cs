using System.Globalization;
using System.Security.Claims;
using MigrationPortal.Api;
using MigrationPortal.Engine;

namespace MigrationPortal.Rooms.Deciding;

/// <param name="Ids">All of them or none.</param>
internal sealed record ProposalsBody(IReadOnlyList<string>? Ids);

/// <summary>How many proposals were decided about.</summary>
internal sealed record DecidedProposals(int Decided);

/// <summary>The second person's part in accepting that messages differ; the first one's is <c>accepted</c> of a room and <c>findings/accept</c> of a batch.</summary>
internal static class AcceptanceProposalsApi
{
    public static void MapAcceptanceProposalEndpoints(this IEndpointRouteBuilder api)
    {
        var proposals = api.MapGroup("/acceptance-proposals").WithTags("Rooms");
        proposals.MapPost("/{id:long}/confirm", async (long id, ClaimsPrincipal user, DecideAcceptanceHandler decide, CancellationToken cancel) =>
            (await decide.HandleAsync(new([id], IsConfirmed: true), user.ToCaller(), cancel)).ToResult(Answer)).Produces<DecidedProposals>();
        proposals.MapPost("/confirm", ConfirmAsync).Produces<DecidedProposals>();
        proposals.MapPost("/{id:long}/reject", async (long id, ReasonBody body, ClaimsPrincipal user, DecideAcceptanceHandler decide, CancellationToken cancel) =>
            (await decide.HandleAsync(new([id], IsConfirmed: false, body.Reason), user.ToCaller(), cancel)).ToResult(Answer)).Produces<DecidedProposals>();
    }

    private static async Task<IResult> ConfirmAsync(ProposalsBody body, ClaimsPrincipal user, DecideAcceptanceHandler decide, CancellationToken cancellationToken)
    {
        var ids = Read(body.Ids ?? []);
        return ids.IsDone
            ? (await decide.HandleAsync(new(ids.Value, IsConfirmed: true), user.ToCaller(), cancellationToken)).ToResult(Answer)
            : ids.Refusal.ToProblem();
    }

    private static IResult Answer(int decided) => TypedResults.Ok(new DecidedProposals(decided));

    private static Outcome<long[]> Read(IReadOnlyList<string> ids)
    {
        List<long> read = [];
        foreach (var id in ids)
        {
            if (!long.TryParse(id, CultureInfo.InvariantCulture, out var number))
                return new Refusal("acceptance-proposal-not-found", RefusalKind.NotFound, id);
            read.Add(number);
        }

        return read.ToArray();
    }
}
