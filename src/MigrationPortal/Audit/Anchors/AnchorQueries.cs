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

    /// <summary>The head that the last check covered; null where it found the chain broken, and before the first one.</summary>
    public async Task<AuditAnchor?> FindHeadAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        // In a chain that holds, ids count from 1.
        return await db.Set<AuditCheck>().Where(x => x.HeadId != null && x.HeadHash != null)
            .Select(x => new AuditAnchor { Id = x.HeadId!.Value, Hash = x.HeadHash!, Count = x.HeadId!.Value, At = x.At }).FirstOrDefaultAsync(cancellationToken);
    }
}
