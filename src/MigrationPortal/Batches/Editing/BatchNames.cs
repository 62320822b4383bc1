using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Batches.Editing;

internal static class BatchNames
{
    /// <summary>People call batches by name: two of one pool pair must not share it. A race here does no harm, so no index guards it.</summary>
    public static async Task<Refusal?> TakenAsync(PortalDbContext db, string poolPairId, string name, long? except, CancellationToken cancellationToken)
    {
        var other = await db.Set<Batch>()
            .Where(x => x.PoolPairId == poolPairId && x.Id != except && SearchText.Key(x.Name) == SearchText.Key(name))
            .Select(x => new { x.Name, x.Author })
            .FirstOrDefaultAsync(cancellationToken);
        return other is null ? null : new("name-taken", RefusalKind.Conflict, other.Name, other.Author);
    }
}
