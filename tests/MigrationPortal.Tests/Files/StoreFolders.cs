using MigrationPortal.Tests.Engine.Files;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Files;

/// <summary>A legacy file store with three files and an empty new one, as a pool pair's configuration names them.</summary>
internal sealed class StoreFolders : IDisposable
{
    private readonly TemporaryDirectory _directory = new("stores");

    public StoreFolders()
    {
        Directory.CreateDirectory(New);
        StoreWorld.Put(Legacy, StoreWorld.First, "first");
        StoreWorld.Put(Legacy, StoreWorld.Second, new string('x', 100_000));
        StoreWorld.Put(Legacy, StoreWorld.Third, "third");
    }

    public string Legacy => Path.Combine(_directory.Path, "legacy");

    public string New => Path.Combine(_directory.Path, "new");

    public (string Key, string Value)[] Settings => [("PoolPairs:0:Legacy:FileStore", Legacy), ("PoolPairs:0:New:FileStore", New)];

    public void Dispose() => _directory.Dispose();
}
