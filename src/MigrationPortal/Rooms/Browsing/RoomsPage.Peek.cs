using System.Globalization;

namespace MigrationPortal.Rooms.Browsing;

/// <summary>What can be done with the room in the side pane, whatever is selected.</summary>
public sealed partial class RoomsPage
{
    /// <summary>From 1; null where it is not on the page that is shown.</summary>
    private long? PositionOf(long roomId)
    {
        var id = roomId.ToString(CultureInfo.InvariantCulture);
        var at = Rows?.Items.TakeWhile(x => x.Id != id).Count();
        return at < Rows?.Items.Count ? Address.Skip + at + 1 : null;
    }

    private Task AddPeekedAsync(RoomRow row) => DoAsync(Actions.AddAsync(_pair!.Id, [long.Parse(row.Id, CultureInfo.InvariantCulture)]));

    // As it was shown.
    private Task AcceptPeekedAsync(RoomRow row)
    {
        var room = long.Parse(row.Id, CultureInfo.InvariantCulture);
        return DoAsync(Actions.AcceptAsync(_pair!.Id, [room], new Dictionary<long, string?> { [room] = row.DifferenceKey }));
    }
}
