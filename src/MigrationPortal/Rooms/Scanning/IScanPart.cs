using MigrationPortal.Engine;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Rooms.Scanning;

/// <summary>What a later feature reads in a scan, after both databases and before the inventory is swapped.</summary>
internal interface IScanPart
{
    /// <summary>Shown while it works.</summary>
    string Phase { get; }

    /// <summary>Where it keeps what it read; rows of older scans are removed with theirs, by <c>scan_id</c>.</summary>
    IReadOnlyList<string> Tables { get; }

    /// <returns>Why the scan has to end; null when it goes on.</returns>
    Task<Refusal?> HandleAsync(PoolPairConnections pair, long scanId, CancellationToken cancellationToken);
}
