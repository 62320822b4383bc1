using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Audit.Anchors;

internal sealed class AnchorQueries(IDbContextFactory<PortalDbContext> databases)
{
    /// <summary>Newest first.</summary>
    public async Task<Outcome<Page<AuditAnchor>>> ListAsync(Paging paging, Caller caller, CancellationToken cancellationToken)
    {
        if (AuditRights.Refuse(caller) is { } refusal)
            return refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var anchors = db.Set<AuditAnchor>().AsNoTracking();
        return new Page<AuditAnchor>(
            await anchors.LongCountAsync(cancellationToken), await anchors.OrderByDescending(x => x.Id).Skip(paging.Skip).Take(paging.Take).ToListAsync(cancellationToken));
    }

    /// <summary>What the last check found; null when nothing is wrong, or none was made yet.</summary>
    public async Task<AuditCheck?> FindProblemAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<AuditCheck>().AsNoTracking().FirstOrDefaultAsync(x => x.Since != null, cancellationToken);
    }
}
