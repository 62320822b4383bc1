using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Batches;

/// <summary>The batch that somebody wants to act on, if there is one and one of their roles reaches all of its rooms.</summary>
internal static class BatchInReach
{
    public static async Task<Outcome<Batch>> FindAsync(
        PortalDbContext db, long batchId, Caller caller, Role[] roles, string doing, CancellationToken cancellationToken)
    {
        var batch = await db.Set<Batch>().AsNoTracking().FirstOrDefaultAsync(x => x.Id == batchId, cancellationToken);
        if (batch is null)
            return BatchRefusals.NotFound(batchId);
        return await BatchScope.RefuseAsync(db, caller, doing, roles, batch, cancellationToken) is { } outside ? outside : batch;
    }
}
