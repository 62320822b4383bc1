using MigrationPortal.Batches;
using MigrationPortal.Data;

namespace MigrationPortal.Runs.Working;

/// <summary>What a later feature does with batches that writes into a new pool.</summary>
internal interface IPoolWriters
{
    /// <summary>The first of these batches that is being written, as a part of a sentence; null when none is.</summary>
    Task<string?> DescribeAsync(PortalDbContext db, IQueryable<Batch> batches, CancellationToken cancellationToken);
}
