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
        var sides = await PoolSides.ReadAsync(catalog, view, MessageReader.CountByDayAsync, cancellationToken);
        if (!sides.IsDone)
            return sides.Refusal;
        var before = sides.Value.Legacy.ToDictionary(x => x.Day);
        var after = sides.Value.New.ToDictionary(x => x.Day);
        return before.Keys.Union(after.Keys).Order().Select(day => Join(day, before.GetValueOrDefault(day), after.GetValueOrDefault(day))).ToList();
    }

    private static RoomDay Join(DateOnly day, DayCount legacy, DayCount current) => new(
        day, legacy.Count, current.Count, legacy.Count == 0 ? current.FirstChatId : current.Count == 0 ? legacy.FirstChatId : Math.Min(legacy.FirstChatId, current.FirstChatId));
}
