namespace MigrationPortal.Rooms.Scanning;

internal static class ScanningServices
{
    /// <summary>Called by the door of Rooms.</summary>
    public static IServiceCollection AddScanning(this IServiceCollection services) => services
        .AddSingleton<Inventory>()
        .AddSingleton<LoadInventory>()
        .AddSingleton<ScanQueries>()
        .AddSingleton<RequestScanHandler>()
        .AddSingleton<PoolPairs.Keeping.IAfterPairAdded, FirstScan>()
        .AddSingleton<ScanPools>();
}
