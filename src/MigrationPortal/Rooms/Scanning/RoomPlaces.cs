using MigrationPortal.Engine;

namespace MigrationPortal.Rooms.Scanning;

/// <summary>In which category a room is listed: the legacy one, else the new one. A path names one category of both sides together.</summary>
internal sealed class RoomPlaces(PoolView legacy, PoolView current)
{
    private readonly ILookup<Guid, ChatNode> _legacy = legacy.Pool.Nodes.Where(n => n.IsCategory).ToLookup(n => n.Guid);
    private readonly HashSet<string> _paths = legacy.Pool.Nodes.Where(n => n.IsCategory).Select(legacy.Path).ToHashSet(StringComparer.Ordinal);

    public string Of(ChatNode? room, ChatNode? newCategory)
    {
        if (room is not null && legacy.Parent(room) is { } parent)
            return legacy.Path(parent);
        if (newCategory is null)
            return "";
        // A migrated category kept its identity: the new room stands where the legacy one would.
        if (_legacy[newCategory.Guid].FirstOrDefault() is { } same)
            return legacy.Path(same);
        var name = current.Segment(newCategory);
        return _paths.Contains(name) ? CategoryPaths.OfNewPool(name) : name;
    }
}
