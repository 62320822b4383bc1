using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Data;

namespace MigrationPortal.Audit;

/// <summary>What the audit has of some actions in one pool pair, for the histories that everybody reads; the audit itself is for auditors.</summary>
internal sealed class PairAudit(IDbContextFactory<PortalDbContext> databases)
{
    /// <summary>Newest first.</summary>
    public async Task<Page<AuditEntry>> ListAsync(string poolPairId, IReadOnlyCollection<string> actions, Paging paging, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var entries = db.Set<AuditEntry>().AsNoTracking().Where(x => x.PoolPairId == poolPairId && actions.Contains(x.Action));
        var total = await entries.LongCountAsync(cancellationToken);
        return new(total, await entries.OrderByDescending(x => x.Id).Skip(paging.Skip).Take(paging.Take).ToListAsync(cancellationToken));
    }
}
