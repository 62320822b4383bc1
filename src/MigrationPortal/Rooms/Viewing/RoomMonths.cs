using MigrationPortal.Engine;
using MigrationPortal.Engine.Reading;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Rooms.Viewing;

public sealed record RoomMonth(DateOnly Month, long Legacy, long New);

/// <summary>Messages a month on both sides, read from the pools themselves: counts only, never text.</summary>
internal sealed class RoomMonths(PoolPairCatalog catalog)
{
    public async Task<Outcome<IReadOnlyList<RoomMonth>>> ListAsync(RoomView view, CancellationToken cancellationToken)
    {
        if (catalog.Find(view.PoolPairId) is not { } pair)
            return PoolSides.NotConfigured(view.PoolPairId);
        var legacy = await CountAsync(pair.Legacy, view.LegacyNodeId, cancellationToken);
        if (!legacy.IsDone)
            return legacy.Refusal;
        var current = await CountAsync(pair.New, view.NewNodeId, cancellationToken);
        if (!current.IsDone)
            return current.Refusal;

        var before = legacy.Value.ToDictionary(x => x.Month, x => x.Count);
        var after = current.Value.ToDictionary(x => x.Month, x => x.Count);
        return before.Keys.Union(after.Keys).Order().Select(x => new RoomMonth(x, before.GetValueOrDefault(x), after.GetValueOrDefault(x))).ToList();
    }

    private static async Task<Outcome<IReadOnlyList<MonthCount>>> CountAsync(ChatDatabase database, int? nodeId, CancellationToken cancellationToken) =>
        nodeId is { } node ? await MessageReader.CountByMonthAsync(database, node, cancellationToken) : new List<MonthCount>();
}

internal static class PoolSides
{
    public static Refusal NotConfigured(string poolPairId) =>
        new("pool-pair-not-configured", RefusalKind.Conflict, poolPairId);
}
