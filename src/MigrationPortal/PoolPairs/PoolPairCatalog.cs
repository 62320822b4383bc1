using System.Collections.Concurrent;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Files;
using MigrationPortal.Engine.Reading;

namespace MigrationPortal.PoolPairs;

/// <param name="Legacy">Opened read-only, always.</param>
/// <param name="New">Written by Transfer alone.</param>
/// <param name="Compliance">The legacy pool's compliance database, where it has one of its own; only counted in.</param>
/// <param name="Files">Null where the legacy side names no FileStore: files are not checked then, and none are copied.</param>
internal sealed record PoolPairConnections(string Id, string Name, ChatDatabase Legacy, ChatDatabase New, ChatDatabase? Compliance = null, FileStores? Files = null)
{
    /// <summary>The legacy pool's settings and rights, with what waits in its compliance database.</summary>
    public async Task<Outcome<ChatPool>> ReadLegacyAsync(IProgress<ReadProgress>? progress, CancellationToken cancellationToken)
    {
        var pool = await ChatPoolReader.ReadAsync(Legacy, progress, cancellationToken);
        if (!pool.IsDone || Compliance is null)
            return pool;
        var waiting = await ComplianceReader.CountAsync(Compliance, cancellationToken);
        return waiting.Refusal is { } refusal ? refusal : pool.Value with { ComplianceBacklog = waiting.Value };
    }

    /// <summary>The legacy pool, with the messages that the new one cannot hold among its faults.</summary>
    public async Task<Outcome<ChatPool>> AddUnfitContentAsync(ChatPool legacy, ChatPool target, CancellationToken cancellationToken)
    {
        var unfit = await UnfitContent.FindAsync(Legacy, legacy, New, target, cancellationToken);
        return unfit.IsDone ? legacy with { Faults = [.. legacy.Faults, .. unfit.Value] } : unfit.Refusal;
    }
}

/// <summary>How to reach each configured pool pair. Filled at start from the configuration and what is kept, later by administrators and the samples.</summary>
internal sealed class PoolPairCatalog
{
    private readonly ConcurrentDictionary<string, PoolPairConnections> _pairs = new(StringComparer.Ordinal);

    public ICollection<PoolPairConnections> Pairs => _pairs.Values;

    public PoolPairConnections? Find(string id) => _pairs.GetValueOrDefault(id);

    public void Add(PoolPairConnections pair) => _pairs[pair.Id] = pair;

    public void Remove(string id) => _pairs.TryRemove(id, out _);
}
