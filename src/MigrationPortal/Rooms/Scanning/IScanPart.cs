using MigrationPortal.Engine;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Rooms.Scanning;

/// <summary>What a later feature reads in a scan, after both databases and before the inventory is swapped.</summary>
internal interface IScanPart
{
    /// <summary>Shown while it works.</summary>
    string Phase { get; }

    /// <returns>Why the scan has to end; null when it goes on.</returns>
    Task<Refusal?> HandleAsync(PoolPairConnections pair, long scanId, CancellationToken cancellationToken);

    /// <summary>Removes what it read in the pair's scans before this one, which everybody sees now.</summary>
    Task ForgetOldScansAsync(string poolPairId, long scanId, CancellationToken cancellationToken);
}
