using MigrationPortal.Engine;
using MigrationPortal.Engine.Reading;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Rooms.Viewing;

/// <param name="Day">UTC.</param>
/// <param name="FirstChatId">The least of either side, where the day's transcript begins.</param>
public sealed record RoomDay(DateOnly Day, long Legacy, long New, long FirstChatId);

/// <summary>Messages a day on both sides, read from the pools themselves: counts only, never text.</summary>
internal sealed class RoomDays(PoolPairCatalog catalog)
{
    public async Task<Outcome<IReadOnlyList<RoomDay>>> ListAsync(RoomView view, CancellationToken cancellationToken)
    {
        if (catalog.Find(view.PoolPairId) is not { } pair)
            return PoolSides.NotConfigured(view.PoolPairId);
        var legacy = await CountAsync(pair.Legacy, view.LegacyNodeId, cancellationToken);
        if (!legacy.IsDone)
            return legacy.Refusal;
        var current = await CountAsync(pair.New, view.NewNodeId, cancellationToken);
        if (!current.IsDone)
            return current.Refusal;

        var before = legacy.Value.ToDictionary(x => x.Day);
        var after = current.Value.ToDictionary(x => x.Day);
        return before.Keys.Union(after.Keys).Order().Select(day => Join(day, before.GetValueOrDefault(day), after.GetValueOrDefault(day))).ToList();
    }

    private static RoomDay Join(DateOnly day, DayCount legacy, DayCount current) => new(
        day, legacy.Count, current.Count, legacy.Count == 0 ? current.FirstChatId : current.Count == 0 ? legacy.FirstChatId : Math.Min(legacy.FirstChatId, current.FirstChatId));

    private static async Task<Outcome<IReadOnlyList<DayCount>>> CountAsync(ChatDatabase database, int? nodeId, CancellationToken cancellationToken) =>
        nodeId is { } node ? await MessageReader.CountByDayAsync(database, node, cancellationToken) : new List<DayCount>();
}
