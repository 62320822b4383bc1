namespace MigrationPortal.Rooms.Scanning;

/// <summary>What the last verification of a room knows that a scan, which only counts, cannot see. The feature that verifies says how it is read.</summary>
internal sealed class RoomVerdict
{
    public long RoomId { get; init; }
    public required List<string> Differences { get; init; }
    public string? MessageDifference { get; init; }
    public long NewMessageCount { get; init; }
}
