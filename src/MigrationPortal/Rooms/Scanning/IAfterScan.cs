namespace MigrationPortal.Rooms.Scanning;

/// <summary>What another room does once a new inventory is there; Batches plans again. Registered by its room's door.</summary>
internal interface IAfterScan
{
    Task AfterScanAsync(string poolPairId, CancellationToken cancellationToken);
}
