using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Reviews.Policy.Loosening;

/// <summary>Proposals of looser policies, each within a transaction that holds the pool pair's row, so that one at most is open.</summary>
internal sealed class PolicyProposals(IDbContextFactory<PortalDbContext> databases, PeopleRights people, TimeProvider clock)
{
    /// <summary>Of a pool pair; null where nothing waits for a second administrator.</summary>
    public async Task<PolicyProposal?> FindOpenAsync(string poolPairId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Open(db, poolPairId).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Whether somebody else could confirm it. A portal with one administrator needs nobody.</summary>
    public async Task<bool> NeedsSecondAsync(PortalDbContext db, CancellationToken cancellationToken) =>
        (await AdministratorsAsync(db, cancellationToken)).Count > 1;

    public async Task<bool> IsAdministratorAsync(PortalDbContext db, string account, CancellationToken cancellationToken) =>
        (await AdministratorsAsync(db, cancellationToken)).Contains(account);

    public async Task<PolicyProposal> OpenAsync(PortalDbContext db, SetPolicy request, int seen, string reason, Caller by, CancellationToken cancellationToken)
    {
        await ReplaceAsync(db, request.PoolPairId, by, cancellationToken);
        var proposal = new PolicyProposal
        {
            PoolPairId = request.PoolPairId,
            Seen = seen,
            Body = request.Policy,
            By = by.Name,
            At = clock.GetUtcNow(),
            Reason = reason,
            AlsoOpen = request.AlsoOpen,
        };
        db.Add(proposal);
        await db.SaveChangesAsync(cancellationToken);
        return proposal;
    }

    /// <summary>Another policy or proposal takes the place of what was proposed.</summary>
    public Task ReplaceAsync(PortalDbContext db, string poolPairId, Caller by, CancellationToken cancellationToken) =>
        CloseAsync(Open(db, poolPairId), ProposalState.Replaced, by, null, cancellationToken);

    /// <returns>False where it was decided about since.</returns>
    public async Task<bool> CloseAsync(PortalDbContext db, PolicyProposal proposal, ProposalState state, Caller by, string? reason, CancellationToken cancellationToken) =>
        await CloseAsync(Open(db, proposal.PoolPairId).Where(x => x.Id == proposal.Id), state, by, reason, cancellationToken) == 1;

    private static IQueryable<PolicyProposal> Open(PortalDbContext db, string poolPairId) =>
        db.Set<PolicyProposal>().AsNoTracking().Where(x => x.PoolPairId == poolPairId && x.State == ProposalState.Open);

    private Task<int> CloseAsync(IQueryable<PolicyProposal> which, ProposalState state, Caller by, string? reason, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return which.ExecuteUpdateAsync(
            set => set.SetProperty(x => x.State, state).SetProperty(x => x.DecidedBy, by.Name).SetProperty(x => x.DecidedAt, now).SetProperty(x => x.DecidedReason, reason),
            cancellationToken);
    }

    private async Task<HashSet<string>> AdministratorsAsync(PortalDbContext db, CancellationToken cancellationToken) =>
        (await people.ListAsync(db, [], cancellationToken)).Where(x => x.Grants.Any(grant => grant.Role == Role.Administrator)).Select(x => x.Name).ToHashSet(StringComparer.Ordinal);
}
