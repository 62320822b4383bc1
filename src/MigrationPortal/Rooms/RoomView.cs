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
