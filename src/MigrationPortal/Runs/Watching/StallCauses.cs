using MigrationPortal.Engine.Sql;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Runs.Watching;

/// <param name="IsNew">Whether the new pool's database says so, else the legacy one's.</param>
/// <param name="Wait">Null where neither database works on anything for the portal: they wait for it, or for the network.</param>
public sealed record StallCause(bool IsNew, DatabaseWait? Wait);

/// <summary>Why a run stands still, asked of its two databases: once for all open pages, and again after ten seconds.</summary>
internal sealed class StallCauses(PoolPairCatalog catalog, TimeProvider time)
{
    private static readonly TimeSpan _keptFor = TimeSpan.FromSeconds(10);
    // A statement that is quicker than this explains no stall.
    private const double FewestSeconds = 2;

    private readonly Lock _lock = new();
    // One entry a pool pair.
    private readonly Dictionary<string, (DateTimeOffset At, Task<StallCause?> Cause)> _known = new(StringComparer.Ordinal);

    /// <returns>Null where the databases cannot be asked.</returns>
    public Task<StallCause?> FindAsync(string poolPairId)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (_known.TryGetValue(poolPairId, out var known) && now - known.At < _keptFor)
                return known.Cause;
            return (_known[poolPairId] = (now, Task.Run(() => AskAsync(poolPairId)))).Cause;
        }
    }

    private async Task<StallCause?> AskAsync(string poolPairId)
    {
        if (catalog.Find(poolPairId) is not { } pair)
            return null;
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(5), time);
        try
        {
            var target = await DatabaseWaits.ListAsync(pair.New, soon.Token);
            var legacy = await DatabaseWaits.ListAsync(pair.Legacy, soon.Token);
            if (!target.IsDone || !legacy.IsDone)
                return null;
            var waits = target.Value.Select(x => new StallCause(true, x)).Concat(legacy.Value.Select(x => new StallCause(false, x))).ToList();
            return waits.Find(x => x.Wait!.Blocker is not null) ?? waits.Find(x => x.Wait!.Seconds >= FewestSeconds) ?? new StallCause(false, null);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
