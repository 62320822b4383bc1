namespace MigrationPortal.Rooms.Viewing;

/// <summary>A tab that a later feature brings to the page of a room.</summary>
/// <param name="Key">In the page's address.</param>
/// <param name="Title">Resource key of <see cref="RoomPage"/>.</param>
/// <param name="Content">A component with a parameter <c>View</c>.</param>
internal sealed record RoomTab(string Key, string Title, Type Content);

internal sealed class RoomTabs(IEnumerable<RoomTab> tabs)
{
    public IReadOnlyList<RoomTab> All { get; } = [.. tabs];

    public RoomTab? Find(string? key) => All.FirstOrDefault(x => x.Key == key);
}
