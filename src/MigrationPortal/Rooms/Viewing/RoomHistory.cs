using System.Globalization;
using MigrationPortal.Api;

namespace MigrationPortal.Rooms.Viewing;

public sealed record RoomEvent(DateTimeOffset At, string By, string Kind, string? BatchId, string? BatchName, string? Detail);

/// <summary>What happened to a room: the events of every batch it was in, and what was decided about it. Newest first.</summary>
internal sealed class RoomHistory(IRoomBatches batches)
{
    public async Task<Page<RoomEvent>> ListAsync(RoomView view, Paging paging, CancellationToken cancellationToken)
    {
        var id = long.Parse(view.Row.Id, CultureInfo.InvariantCulture);
        var decided = Decided(view.Row);
        // At most two: where each stands among the events of batches decides which of those the page still needs.
        var (before, within) = (0, new List<RoomEvent>());
        for (var i = 0; i < decided.Count; i++)
        {
            var place = i + await batches.CountEventsAsync(id, decided[i].At, cancellationToken);
            if (place < paging.Skip)
                before++;
            else if (place < paging.Skip + paging.Take)
                within.Add(decided[i]);
        }

        var events = await batches.EventsAsync(id, new Paging(paging.Skip - before, paging.Take - within.Count), cancellationToken);
        return new(events.Total + decided.Count, [.. events.Items.Concat(within).OrderByDescending(x => x.At)]);
    }

    private static List<RoomEvent> Decided(RoomRow row)
    {
        var all = new List<RoomEvent>();
        if (row.LeftOut is { } leftOut)
            all.Add(new RoomEvent(leftOut.At, leftOut.By, "LeftOut", null, null, leftOut.Reason));
        if (row.Accepted is { } accepted)
            all.Add(new RoomEvent(accepted.At, accepted.By, "DifferenceAccepted", null, null, accepted.Reason));
        return [.. all.OrderByDescending(x => x.At)];
    }
}
