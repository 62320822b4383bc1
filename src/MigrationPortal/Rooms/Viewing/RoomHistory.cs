using System.Globalization;

namespace MigrationPortal.Rooms.Viewing;

public sealed record RoomEvent(DateTimeOffset At, string By, string Kind, string? BatchId, string? BatchName, string? Detail);

/// <summary>What happened to a room: the events of every batch it was in, and what was decided about it.</summary>
internal sealed class RoomHistory(IRoomBatches batches)
{
    /// <summary>The newest; older ones stand in the batches' own histories.</summary>
    private const int MaxEvents = 500;

    public async Task<IReadOnlyList<RoomEvent>> ListAsync(RoomView view, CancellationToken cancellationToken)
    {
        var id = long.Parse(view.Row.Id, CultureInfo.InvariantCulture);
        List<RoomEvent> all = [.. await batches.EventsAsync(id, MaxEvents, cancellationToken)];
        if (view.Row.LeftOut is { } leftOut)
            all.Add(new RoomEvent(leftOut.At, leftOut.By, "LeftOut", null, null, leftOut.Reason));
        if (view.Row.Accepted is { } accepted)
            all.Add(new RoomEvent(accepted.At, accepted.By, "DifferenceAccepted", null, null, accepted.Reason));
        return [.. all.OrderByDescending(x => x.At)];
    }
}
