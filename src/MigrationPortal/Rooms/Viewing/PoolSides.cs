using MigrationPortal.Engine;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Rooms.Viewing;

/// <summary>The same figures of a room, read from each of its pools.</summary>
internal static class PoolSides
{
    public static Refusal NotConfigured(string poolPairId) =>
        new("pool-pair-not-configured", RefusalKind.Conflict, poolPairId);

    /// <param name="read">Of one room by its nodeID; not asked where a side has no such room.</param>
    public static async Task<Outcome<(IReadOnlyList<T> Legacy, IReadOnlyList<T> New)>> ReadAsync<T>(
        PoolPairCatalog catalog, RoomView view, Func<ChatDatabase, int, CancellationToken, Task<Outcome<IReadOnlyList<T>>>> read, CancellationToken cancellationToken)
    {
        if (catalog.Find(view.PoolPairId) is not { } pair)
            return NotConfigured(view.PoolPairId);
        var legacy = await SideAsync(pair.Legacy, view.LegacyNodeId);
        if (!legacy.IsDone)
            return legacy.Refusal;
        var current = await SideAsync(pair.New, view.NewNodeId);
        return current.IsDone ? (legacy.Value, current.Value) : current.Refusal;

        async Task<Outcome<IReadOnlyList<T>>> SideAsync(ChatDatabase database, int? nodeId) =>
            nodeId is { } node ? await read(database, node, cancellationToken) : new List<T>();
    }
}
