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
        var sides = await PoolSides.ReadAsync(catalog, view, MessageReader.CountByMonthAsync, cancellationToken);
        if (!sides.IsDone)
            return sides.Refusal;
        var before = sides.Value.Legacy.ToDictionary(x => x.Month, x => x.Count);
        var after = sides.Value.New.ToDictionary(x => x.Month, x => x.Count);
        return before.Keys.Union(after.Keys).Order().Select(x => new RoomMonth(x, before.GetValueOrDefault(x), after.GetValueOrDefault(x))).ToList();
    }
}
