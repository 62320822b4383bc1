namespace MigrationPortal.Rooms.Scanning;

/// <summary>Reads both sides of a pool pair into its inventory; called by the scan job with the queued scan of that pair.</summary>
internal sealed class ScanPools
{
    public Task HandleAsync(string poolPairId, CancellationToken cancellationToken) => throw new NotSupportedException(poolPairId);
}
