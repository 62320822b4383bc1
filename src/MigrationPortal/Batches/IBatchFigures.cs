using MigrationPortal.Data;

namespace MigrationPortal.Batches;

/// <summary>What a later feature adds to the lines of a list of batches: one statement for all of them.</summary>
internal interface IBatchFigures
{
    /// <summary>They say how far reviews or runs have come, which not every list shows.</summary>
    bool AreProgress => false;

    /// <param name="rows">At most a page of them.</param>
    Task AddAsync(PortalDbContext db, IReadOnlyList<BatchRow> rows, CancellationToken cancellationToken);
}
