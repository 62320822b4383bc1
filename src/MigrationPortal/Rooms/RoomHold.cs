namespace MigrationPortal.Rooms;

/// <summary>The open batch that a room is in; at most one. The feature that has the batches says how it is read.</summary>
internal sealed class RoomHold
{
    public long RoomId { get; init; }
    public long BatchId { get; init; }
    public required string BatchName { get; init; }
    /// <summary>A run of it is under way.</summary>
    public bool IsMoving { get; init; }
    /// <summary>Chosen for the new pool; null where the rule names the room.</summary>
    public string? NewName { get; init; }
}
