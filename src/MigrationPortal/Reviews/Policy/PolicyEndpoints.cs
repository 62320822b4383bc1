using System.Security.Claims;
using MigrationPortal.Api;
using MigrationPortal.Engine;
using MigrationPortal.Lists;
using MigrationPortal.Reviews.Policy.Loosening;

namespace MigrationPortal.Reviews.Policy;

/// <param name="AlsoOpen">Judges what is open or approved by the new policy at once.</param>
/// <param name="Version">The version that was read; another one is answered with 412.</param>
/// <param name="BaseVersion">The version that was edited: what others changed since stays, and the same field with another value is answered with 409 <c>edit-conflict</c>.</param>
internal sealed record PolicyBody(
    int? Approvals, StarterRule? Starter, int? ExpiresAfterHours, bool? NeverExpires, IReadOnlyList<PolicyRule>? Rules, bool? WarningsNeedReason,
    string? Reason, bool AlsoOpen = false, int? Version = null, bool? OpenThreadsBlock = null, bool? BreakGlass = null, int? BaseVersion = null);

/// <param name="Version">0: the default, which was never changed.</param>
/// <param name="ConfirmedBy">The second administrator, where the policy asks for less than the one before it.</param>
/// <param name="Proposal">What waits for a second administrator, because it asks for less.</param>
internal sealed record PolicyJson(
    int Version, int Approvals, StarterRule Starter, int? ExpiresAfterHours, IReadOnlyList<PolicyRule> Rules, bool WarningsNeedReason, bool OpenThreadsBlock, bool BreakGlass,
    string? By = null, DateTimeOffset? At = null, string? Reason = null, bool? AlsoOpen = null, string? ConfirmedBy = null, PolicyProposalJson? Proposal = null)
{
    public static PolicyJson Of(int version, ReviewPolicy policy) => new(
        version, policy.Approvals, policy.Starter, policy.ExpiresAfterHours, policy.Rules, policy.WarningsNeedReason, policy.OpenThreadsBlock, policy.BreakGlass);

    public static PolicyJson Of(PolicyVersion version) => Of(version.Version, version.Body) with
    {
        By = version.By, At = version.At, Reason = version.Reason, AlsoOpen = version.AlsoOpen, ConfirmedBy = version.ConfirmedBy,
    };
}

internal static class PolicyEndpoints
{
    // Of versions: what clients that ask for no page have always been given.
    private const int UsualVersions = 200;

    public static void Map(IEndpointRouteBuilder api)
    {
        var pairs = api.MapGroup("pool-pairs/{pair}/policy").WithTags("Review policy");
        pairs.MapGet("", async (string pair, PolicyQueries policies, PolicyProposals proposals, IPoolPairNames names, CancellationToken cancel) =>
        {
            if (await FindUnknownAsync(pair, names, cancel) is { } unknown)
                return unknown.ToProblem();
            var current = await policies.FindAsync(pair, cancel);
            return TypedResults.Ok(PolicyJson.Of(current.Version, current.Policy) with { Proposal = PolicyProposalJson.Of(await proposals.FindOpenAsync(pair, cancel)) });
        }).Produces<PolicyJson>();
        pairs.MapGet("versions", async (string pair, PolicyQueries policies, IPoolPairNames names, int? skip, int? take, CancellationToken cancel) =>
        {
            if (await FindUnknownAsync(pair, names, cancel) is { } unknown)
                return unknown.ToProblem();
            var page = await policies.VersionsAsync(pair, Paging.Of(skip, take ?? UsualVersions), cancel);
            return TypedResults.Ok(new Page<PolicyJson>(page.Total, [.. page.Items.Select(PolicyJson.Of)]));
        }).Produces<Page<PolicyJson>>();
        pairs.MapGet("versions/export", async (string pair, string? format, PolicyVersionsFile file, IPoolPairNames names, CancellationToken cancel) =>
            await FindUnknownAsync(pair, names, cancel) is { } unknown ? unknown.ToProblem() : file.Answer(format, pair, cancel)).ProducesFile();
        pairs.MapPut("", SetAsync).Produces<PolicyJson>().Produces<PolicyProposalJson>(StatusCodes.Status202Accepted);
        ProposalEndpoints.Map(pairs);
    }

    private static async Task<IResult> SetAsync(
        string pair, PolicyBody body, SetPolicyHandler handler, PolicyQueries policies, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var before = (await policies.FindAsync(pair, cancellationToken)).Policy;
        var policy = new ReviewPolicy
        {
            Approvals = body.Approvals ?? before.Approvals,
            Starter = body.Starter ?? before.Starter,
            ExpiresAfterHours = body.NeverExpires == true ? null : body.ExpiresAfterHours ?? before.ExpiresAfterHours,
            Rules = body.Rules ?? before.Rules,
            WarningsNeedReason = body.WarningsNeedReason ?? before.WarningsNeedReason,
            OpenThreadsBlock = body.OpenThreadsBlock ?? before.OpenThreadsBlock,
            BreakGlass = body.BreakGlass ?? before.BreakGlass,
        };
        var outcome = await handler.HandleAsync(new SetPolicy(pair, policy, body.Reason, body.AlsoOpen, body.Version) { BaseVersion = body.BaseVersion }, user.ToCaller(), cancellationToken);
        return outcome.ToResult(x => x.Version is { } version ? TypedResults.Ok(PolicyJson.Of(version)) : TypedResults.Json(PolicyProposalJson.Of(x.Proposal), statusCode: StatusCodes.Status202Accepted));
    }

    private static async Task<Refusal?> FindUnknownAsync(string pair, IPoolPairNames names, CancellationToken cancellationToken) =>
        (await names.ListAsync(cancellationToken)).Any(x => x.Id == pair) ? null : new Refusal("pool-pair-not-found.unknown", RefusalKind.NotFound, pair);
}
