using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Runs.Working;

/// <summary>What a later feature does with batches that writes into a new pool.</summary>
internal interface IPoolWriters
{
    /// <summary>The first of these batches that is being written, as the sentence for whoever waits for its end; null when none is.</summary>
    Task<Wording?> DescribeAsync(PortalDbContext db, IQueryable<Batch> batches, CancellationToken cancellationToken);
}
