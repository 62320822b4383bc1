using MigrationPortal.Api;
using MigrationPortal.Audit;

namespace MigrationPortal.PoolPairs.Viewing;

/// <summary>What was decided about a pool pair: its connections, options, approvals and freezes. Everybody reads it, as the history of a batch.</summary>
internal sealed class PairHistoryQueries(PairAudit audit)
{
    private static readonly string[] _actions = ["PoolPairAdded", "PoolPairChanged", "PoolPairRemoved", SetPairOptionsHandler.Action, "RunLimitsSet", "PolicySet", "FreezeSet", "FreezeLifted"];

    public Task<Page<AuditEntry>> ListAsync(string poolPairId, Paging paging, CancellationToken cancellationToken) =>
        audit.ListAsync(poolPairId, _actions, paging, cancellationToken);
}
