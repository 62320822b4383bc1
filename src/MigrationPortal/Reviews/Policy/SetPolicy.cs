using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Live;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.Reviews.Policy.Loosening;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Reviews.Policy;

/// <param name="Reason">Kept with the version and told in the audit.</param>
/// <param name="AlsoOpen">Applies to reviews that are open or approved, too; those that then lack approvals are in review again.</param>
/// <param name="Seen">The version that was changed from; null takes whatever is there.</param>
internal sealed record SetPolicy(string PoolPairId, ReviewPolicy Policy, string? Reason, bool AlsoOpen = false, int? Seen = null)
{
    /// <summary>The version that was edited: what others changed since stays, unless it is the same field. Null merges nothing.</summary>
    public int? BaseVersion { get; init; }
}

/// <summary>Either the new version, or a proposal that a second administrator decides about.</summary>
internal sealed record PolicyAnswer(PolicyVersion? Version, PolicyProposal? Proposal);

/// <summary>
/// Adds a version of a pool pair's policy. What is in review or approved keeps the version it was submitted under, unless asked otherwise.
/// One that asks for less is proposed to a second administrator, where there is one.
/// </summary>
internal sealed class SetPolicyHandler(IDbContextFactory<PortalDbContext> databases, PeopleRights people, KeepPolicy keep, PolicyProposals proposals, AuditTrail audit, NoticeOutbox outbox, LiveFeed feed)
{
    public async Task<Outcome<PolicyAnswer>> HandleAsync(SetPolicy request, Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.RequireThere(caller, "change-policy", [Role.Administrator], request.PoolPairId, null) is { } refusal)
            return refusal;
        if (PolicyRules.Check(request.Policy, people.Groups) is { } unfit)
            return unfit;
        var reason = BatchText.Reason(request.Reason, "Text.PolicyReason");
        if (!reason.IsDone)
            return reason.Refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await KeepPolicy.LockAsync(db, request.PoolPairId, cancellationToken))
            return new Refusal("pool-pair-not-found.unknown", RefusalKind.NotFound, request.PoolPairId);
        var before = await PolicyQueries.FindAsync(db, request.PoolPairId, cancellationToken);
        if (request.Seen is { } seen && seen != before.Version)
            return new Refusal("stale.policy", RefusalKind.Stale);
        var merged = await MergeAsync(db, request, before, cancellationToken);
        if (!merged.IsDone)
            return merged.Refusal;
        request = request with { Policy = merged.Value };
        var isLooser = request.Policy.IsLooserThan(before.Policy) || (request.AlsoOpen && await LoosensOpenAsync(db, request, cancellationToken));
        if (isLooser && await proposals.NeedsSecondAsync(db, cancellationToken))
            return await ProposeAsync(db, request, before, reason.Value, caller, cancellationToken);
        var kept = await keep.HandleAsync(db, new NewPolicy(request.PoolPairId, request.Policy, caller.Name, reason.Value, request.AlsoOpen), before, caller, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        keep.Announce(kept);
        return new PolicyAnswer(kept.Version, null);
    }

    // What is in review keeps the version it was submitted under, which may be stricter than the newest.
    private static async Task<bool> LoosensOpenAsync(PortalDbContext db, SetPolicy request, CancellationToken cancellationToken)
    {
        var versions = await (
            from review in ReviewQueries.Live(db)
            join batch in BatchReads.All(db) on review.BatchId equals batch.Id
            where batch.PoolPairId == request.PoolPairId
            select review.PolicyVersion).Distinct().ToListAsync(cancellationToken);
        var kept = await PolicyQueries.ReadAsync(db, versions.ConvertAll(x => (request.PoolPairId, x)), cancellationToken);
        return kept.Values.Any(request.Policy.IsLooserThan);
    }

    private async Task<Outcome<ReviewPolicy>> MergeAsync(PortalDbContext db, SetPolicy request, CurrentPolicy now, CancellationToken cancellationToken)
    {
        if (request.BaseVersion is not { } version || version == now.Version)
            return request.Policy;
        var since = await db.Set<PolicyVersion>().AsNoTracking().Where(x => x.PoolPairId == request.PoolPairId && x.Version >= version)
            .OrderByDescending(x => x.Version).ToListAsync(cancellationToken);
        var seen = version == 0 ? ReviewPolicy.Default : since.Find(x => x.Version == version)?.Body;
        if (seen is null)
            return new Refusal("stale.policy", RefusalKind.Stale);
        var merge = PolicyMerge.Of(seen, request.Policy, now.Policy);
        if (merge.Met.Count > 0)
            return merge.ToRefusal(seen, request.Policy, [.. since.Where(x => x.Version > version)], request.PoolPairId);
        return PolicyRules.Check(merge.Merged, people.Groups) is { } unfit ? unfit : merge.Merged;
    }

    private async Task<Outcome<PolicyAnswer>> ProposeAsync(
        PortalDbContext db, SetPolicy request, CurrentPolicy before, string reason, Caller caller, CancellationToken cancellationToken)
    {
        var proposal = await proposals.OpenAsync(db, request, before.Version, reason, caller, cancellationToken);
        NoticeOutbox.Add(db, ProposalAudience.Told(proposal, caller));
        await db.SaveChangesAsync(cancellationToken);
        await audit.RecordAsync(
            db, caller, "PolicyProposed", $"pool-pair:{request.PoolPairId}", request.PoolPairId, KeepPolicy.Values(before.Policy, request.Policy, before.Version + 1, request.AlsoOpen, reason), cancellationToken);
        await db.Database.CommitTransactionAsync(cancellationToken);
        feed.Announce($"pair:{request.PoolPairId}");
        feed.Announce("reviews");
        outbox.Wake();
        return new PolicyAnswer(null, proposal);
    }
}
