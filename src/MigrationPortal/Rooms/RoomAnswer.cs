namespace MigrationPortal.Rooms;

/// <summary>One room over the API: its line, and what was compared.</summary>
internal sealed record RoomAnswer(string Id, string PoolPairId, RoomRow Room, Comparison Comparison, string? BatchId, RoomSide? Legacy, RoomSide? New, IReadOnlyList<PropertyLine> Properties)
{
    public static RoomAnswer Of(RoomView view) =>
        new(view.Row.Id, view.PoolPairId, view.Row, view.Row.Comparison, view.Row.BatchId, view.Row.Legacy, view.Row.New, view.Properties);
}
