using System.Globalization;

namespace MigrationPortal.Rooms;

/// <summary>One room, both sides.</summary>
public sealed record RoomView
{
    public required string PoolPairId { get; init; }
    public required long ScanId { get; init; }
    public int? LegacyNodeId { get; init; }
    public int? NewNodeId { get; init; }
    public required RoomRow Row { get; init; }
    public required IReadOnlyList<PropertyLine> Properties { get; init; }
}

/// <summary>Where a room stands in a scan, and in the new pool by now.</summary>
internal sealed record ScannedRoom(string PoolPairId, long ScanId, long RoomId, int? LegacyNodeId, int? NewNodeId)
{
    public static ScannedRoom Of(RoomView view) => new(view.PoolPairId, view.ScanId, long.Parse(view.Row.Id, CultureInfo.InvariantCulture), view.LegacyNodeId, view.NewNodeId);
}
