using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Runs.Starting;

/// <summary>Something that goes on with a batch's rooms and must end before anything writes into them; registered by its feature.</summary>
internal interface IBatchHold
{
    /// <summary>Part of the transaction that takes the batch to a writing state, after that: both lock the batch first, so one sees the other.</summary>
    /// <returns>Null when nothing stands in the way.</returns>
    Task<Refusal?> FindAsync(PortalDbContext db, Batch batch, CancellationToken cancellationToken);
}

internal static class BatchHolds
{
    public static async Task<Refusal?> FindAsync(this IEnumerable<IBatchHold> holds, PortalDbContext db, Batch batch, CancellationToken cancellationToken)
    {
        foreach (var hold in holds)
        {
            if (await hold.FindAsync(db, batch, cancellationToken) is { } refusal)
                return refusal;
        }

        return null;
    }
}
