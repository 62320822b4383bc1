using MigrationPortal.Data;

namespace MigrationPortal.Batches.Editing;

/// <summary>Which round of review a batch is in; the feature that has the reviews registers it.</summary>
internal interface IReviewRounds
{
    /// <summary>0 where nothing is in review or approved.</summary>
    Task<long> FindAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken);
}
