using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Rooms;

namespace MigrationPortal.Batches;

/// <summary>Whether somebody's roles reach every room of a batch.</summary>
internal static class BatchScope
{
    public static Task<Refusal?> RefuseAsync(PortalDbContext db, Caller caller, string doing, Role role, Batch batch, CancellationToken cancellationToken) =>
        RefuseAsync(db, caller, doing, [role], batch, cancellationToken);

    public static async Task<Refusal?> RefuseAsync(PortalDbContext db, Caller caller, string doing, Role[] roles, Batch batch, CancellationToken cancellationToken) =>
        Rights.Reaches(caller, batch.PoolPairId, roles)
            ? null
            : await RoomScope.RefuseAsync(
                db, caller, doing, roles, batch.PoolPairId, db.Set<BatchRoom>().Where(x => x.BatchId == batch.Id).Select(x => x.RoomId), cancellationToken);
}
