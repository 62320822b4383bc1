using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Rooms;

namespace MigrationPortal.Batches;

/// <summary>Whether somebody's roles reach every room of a batch.</summary>
internal static class BatchScope
{
    /// <summary>The categories of each batch's rooms; null stands for a room that is in none any more, which asks for the whole pool pair.</summary>
    public static async Task<ILookup<long, string?>> CategoriesAsync(PortalDbContext db, IReadOnlyCollection<long> batchIds, CancellationToken cancellationToken)
    {
        var ids = batchIds.ToArray();
        var seen = RoomSelection.Current(db);
        List<(long Batch, string? Category)> found = [.. (await (
            from held in db.Set<BatchRoom>()
            where ids.Contains(held.BatchId)
            join pair in seen on held.RoomId equals pair.RoomId into pairs
            from pair in pairs.DefaultIfEmpty()
            select new { held.BatchId, Category = pair == null ? null : pair.Category }).Distinct().ToListAsync(cancellationToken))
            .Select(x => (x.BatchId, x.Category))];
        return found.ToLookup(x => x.Batch, x => x.Category);
    }

    public static Task<Refusal?> RefuseAsync(PortalDbContext db, Caller caller, string doing, Role role, Batch batch, CancellationToken cancellationToken) =>
        RefuseAsync(db, caller, doing, [role], batch, cancellationToken);

    public static async Task<Refusal?> RefuseAsync(PortalDbContext db, Caller caller, string doing, Role[] roles, Batch batch, CancellationToken cancellationToken) =>
        Rights.Reaches(caller, batch.PoolPairId, roles)
            ? null
            : await RoomScope.RefuseAsync(
                db, caller, doing, roles, batch.PoolPairId, db.Set<BatchRoom>().Where(x => x.BatchId == batch.Id).Select(x => x.RoomId), cancellationToken);
}
