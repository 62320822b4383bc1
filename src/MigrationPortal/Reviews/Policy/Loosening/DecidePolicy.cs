using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Live;
using MigrationPortal.SignIn;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Reviews.Policy.Loosening;

/// <param name="Reason">Needed to reject somebody else's.</param>
internal sealed record DecidePolicy(string PoolPairId, long ProposalId, bool IsConfirmed, string? Reason = null);

/// <summary>
/// A second administrator confirms or rejects a looser policy; whoever proposed it may take it back. Confirmed, it becomes the next version,
/// by the name of both.
/// </summary>
internal sealed class DecidePolicyHandler(
    IDbContextFactory<PortalDbContext> databases, PolicyProposals proposals, KeepPolicy keep, FreshRights rights, PeopleRights people, AuditTrail audit, LiveFeed feed)
{
    public async Task<Outcome<PolicyProposal>> HandleAsync(DecidePolicy request, Caller caller, CancellationToken cancellationToken)
    {
        var fresh = await rights.RequireAsync(caller, Role.Administrator, "change-policy", cancellationToken);
        if (!fresh.IsDone)
            return fresh.Refusal;
        caller = fresh.Value;
        if (Rights.RequireThere(caller, "change-policy", [Role.Administrator], request.PoolPairId, null) is { } outside)
            return outside;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await KeepPolicy.LockAsync(db, request.PoolPairId, cancellationToken))
            return new Refusal("pool-pair-not-found.unknown", RefusalKind.NotFound, request.PoolPairId);
        var proposal = await db.Set<PolicyProposal>().AsNoTracking()
            .FirstOrDefaultAsync(x => x.Id == request.ProposalId && x.PoolPairId == request.PoolPairId, cancellationToken);
        if (proposal is null)
            return new Refusal("policy-proposal-not-found", RefusalKind.NotFound, request.ProposalId);
        if (proposal.State != ProposalState.Open)
            return new Refusal("policy-proposal-closed", RefusalKind.Conflict);
        return request.IsConfirmed
            ? await ConfirmAsync(db, proposal, caller, cancellationToken)
            : await RejectAsync(db, proposal, request.Reason, caller, cancellationToken);
    }

    private async Task<Outcome<PolicyProposal>> ConfirmAsync(PortalDbContext db, PolicyProposal proposal, Caller caller, CancellationToken cancellationToken)
    {
        if (proposal.By == caller.Name)
            return new Refusal("four-eyes.policy", RefusalKind.NotAllowed);
        // Two who are administrators now, not one and somebody who was.
        if (!await proposals.IsAdministratorAsync(db, proposal.By, cancellationToken))
            return new Refusal("policy-proposal-closed.gone", RefusalKind.Conflict, proposal.By);
        if (PolicyRules.Check(proposal.Body, people.Groups) is { } unfit)
            return unfit;
        var before = await PolicyQueries.FindAsync(db, proposal.PoolPairId, cancellationToken);
        if (before.Version != proposal.Seen || !await proposals.CloseAsync(db, proposal, ProposalState.Confirmed, caller, null, cancellationToken))
            return new Refusal("policy-proposal-closed", RefusalKind.Conflict);
        var kept = await keep.HandleAsync(db, new NewPolicy(proposal.PoolPairId, proposal.Body, proposal.By, proposal.Reason, proposal.AlsoOpen, caller.Name), before, caller, cancellationToken);
        await db.Database.CommitTransactionAsync(cancellationToken);
        keep.Announce(kept);
        return proposal;
    }

    private async Task<Outcome<PolicyProposal>> RejectAsync(PortalDbContext db, PolicyProposal proposal, string? typed, Caller caller, CancellationToken cancellationToken)
    {
        string? reason = null;
        if (proposal.By != caller.Name || !string.IsNullOrWhiteSpace(typed))
        {
            var read = BatchText.Reason(typed, "Text.Reason");
            if (!read.IsDone)
                return read.Refusal;
            reason = read.Value;
        }

        if (!await proposals.CloseAsync(db, proposal, ProposalState.Rejected, caller, reason, cancellationToken))
            return new Refusal("policy-proposal-closed", RefusalKind.Conflict);
        await audit.RecordAsync(
            db, caller, "PolicyRejected", $"pool-pair:{proposal.PoolPairId}", proposal.PoolPairId,
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["proposedBy"] = proposal.By, ["reason"] = reason }, cancellationToken);
        await db.Database.CommitTransactionAsync(cancellationToken);
        feed.Announce($"pair:{proposal.PoolPairId}");
        feed.Announce("reviews");
        return proposal;
    }
}
