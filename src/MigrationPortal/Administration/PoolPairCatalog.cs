using System.Collections.Concurrent;
using MigrationPortal.Engine;

namespace MigrationPortal.Administration;

/// <param name="Legacy">Opened read-only, always.</param>
/// <param name="New">Written by Transfer alone.</param>
internal sealed record PoolPairConnections(string Id, string Name, ChatDatabase Legacy, ChatDatabase New);

/// <summary>How to reach each configured pool pair. Filled at start from the configuration and, later, by the samples; read by everybody.</summary>
internal sealed class PoolPairCatalog
{
    private readonly ConcurrentDictionary<string, PoolPairConnections> _pairs = new(StringComparer.Ordinal);

    public PoolPairConnections? Find(string id) => _pairs.GetValueOrDefault(id);

    public void Add(PoolPairConnections pair) => _pairs[pair.Id] = pair;
}
