using System.Security.Claims;
using MigrationPortal.Api;
using MigrationPortal.Batches.Api;
using MigrationPortal.Engine;
using MigrationPortal.Reviews.Judging;

namespace MigrationPortal.Reviews.Policy.Loosening;

/// <param name="Seen">The version that it would replace.</param>
internal sealed record PolicyProposalJson(string Id, int Seen, PolicyJson Policy, string By, DateTimeOffset At, string Reason, bool AlsoOpen)
{
    public static PolicyProposalJson? Of(PolicyProposal? proposal) => proposal is null
        ? null
        : new(Ids.Text(proposal.Id), proposal.Seen, PolicyJson.Of(proposal.Seen + 1, proposal.Body), proposal.By, proposal.At, proposal.Reason, proposal.AlsoOpen);
}

internal static class ProposalEndpoints
{
    public static void Map(IEndpointRouteBuilder policy)
    {
        policy.MapPost("proposals/{id:long}/confirm", (string pair, long id, DecidePolicyHandler handler, PolicyQueries policies, ClaimsPrincipal user, CancellationToken cancel) =>
            DecideAsync(new DecidePolicy(pair, id, IsConfirmed: true), handler, policies, user, cancel)).Produces<PolicyJson>();
        policy.MapPost("proposals/{id:long}/reject", async (string pair, long id, HttpRequest http, DecidePolicyHandler handler, PolicyQueries policies, ClaimsPrincipal user, CancellationToken cancel) =>
        {
            var body = await OptionalBody.ReadAsync<ReasonBody>(http, cancel);
            return await DecideAsync(new DecidePolicy(pair, id, IsConfirmed: false, body?.Reason), handler, policies, user, cancel);
        }).Accepts<ReasonBody>(isOptional: true, "application/json").Produces<PolicyJson>();
    }

    private static async Task<IResult> DecideAsync(DecidePolicy request, DecidePolicyHandler handler, PolicyQueries policies, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var outcome = await handler.HandleAsync(request, user.ToCaller(), cancellationToken);
        if (!outcome.IsDone)
            return outcome.Refusal.ToProblem();
        var current = await policies.FindAsync(request.PoolPairId, cancellationToken);
        return TypedResults.Ok(PolicyJson.Of(current.Version, current.Policy));
    }
}
